package io.upnext.sequence.edit;

import io.upnext.shared.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a step stands, such as {@code steps[3].yes[0]}: ids may be missing or doubled in a draft, places are not. */
public final class Place {

    private static final Pattern FORM = Pattern.compile("steps\\[(\\d{1,5})\\]((?:\\.(?:yes|no)\\[\\d{1,5}\\]){0,60})");
    private static final Pattern TURN = Pattern.compile("\\.(yes|no)\\[(\\d{1,5})\\]");

    /** One turn on the way: into which branch (null: the trunk), to which position. */
    record Turn(Boolean answer, int index) {}

    private final List<Turn> turns;

    private Place(List<Turn> turns) {
        this.turns = List.copyOf(turns);
    }

    /** @throws InvalidException where the text is no place */
    public static Place of(String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        if (!form.matches()) {
            throw new InvalidException("'" + text + "' is no place of a step, such as steps[3].yes[0].");
        }
        List<Turn> turns = new ArrayList<>(List.of(new Turn(null, Integer.parseInt(form.group(1)))));
        Matcher turn = TURN.matcher(form.group(2));
        while (turn.find()) {
            turns.add(new Turn(turn.group(1).equals("yes"), Integer.parseInt(turn.group(2))));
        }
        return new Place(turns);
    }

    /** For people: counted from one, with the answers that lead there, such as {@code 4 › Yes › 1}. */
    public String said(String yes, String no) {
        return turns.stream()
                .map(turn -> (turn.answer() == null ? "" : (turn.answer() ? yes : no) + " › ") + (turn.index() + 1))
                .collect(Collectors.joining(" › "));
    }

    List<Turn> turns() {
        return turns;
    }
}
