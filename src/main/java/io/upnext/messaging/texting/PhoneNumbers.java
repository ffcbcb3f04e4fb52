package io.upnext.messaging.texting;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Phone numbers as people write them, as gateways take them (E.164). */
public final class PhoneNumbers {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final Map<String, String> COUNTRIES = countries();

    private PhoneNumbers() {}

    /**
     * Refuses only what cannot be a number at all; whether it can be texted knows the gateway.
     *
     * @param country whose numbers are meant where it does not begin with a plus, as a name or code; may be null
     * @param otherwise the country where that one is not known; may be null
     */
    public static Optional<String> international(String written, String country, String otherwise) {
        String region = region(country).or(() -> region(otherwise)).orElse(null);
        try {
            var number = NUMBERS.parse(written, region);
            return NUMBERS.isPossibleNumber(number)
                    ? Optional.of(NUMBERS.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException noNumber) {
            return Optional.empty();
        }
    }

    /** The code of a country (ISO 3166): {@code DE}, {@code DEU}, {@code Germany} and {@code Deutschland} are all {@code DE}. */
    static Optional<String> region(String country) {
        return country == null ? Optional.empty() : Optional.ofNullable(COUNTRIES.get(folded(country)));
    }

    private static Map<String, String> countries() {
        Map<String, String> countries = new HashMap<>();
        Arrays.stream(Locale.getISOCountries()).forEach(code -> {
            Locale country = new Locale.Builder().setRegion(code).build();
            Stream.of(
                            code,
                            country.getISO3Country(),
                            country.getDisplayCountry(Locale.ENGLISH),
                            country.getDisplayCountry(Locale.GERMAN))
                    .forEach(name -> countries.put(folded(name), code));
        });
        Map.of("uk", "GB", "great britain", "GB", "england", "GB", "usa", "US", "united states of america", "US")
                .forEach(countries::put);
        return countries;
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
