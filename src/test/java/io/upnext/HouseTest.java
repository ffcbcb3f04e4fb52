package io.upnext;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of the house: which package may use which, and where the engine and the time come from. */
class HouseTest {

    private static final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.upnext");

    /** Each package with those it may use. A new package gets a line here and one in ARCHITECTURE.md. */
    private static final Map<String, Set<String>> mayUse = house();

    private static Map<String, Set<String>> house() {
        var house = new LinkedHashMap<String, Set<String>>();
        house.put("shared", Set.of());
        house.put("security", Set.of("shared"));
        house.put("operation", Set.of("shared", "security"));
        house.put("web", Set.of("shared", "security"));
        house.put("record", Set.of("shared", "security", "operation", "web"));
        house.put("sequence", with(house, "record"));
        house.put("bpmn", Set.of("shared", "security", "sequence"));
        house.put("messaging", with(house, "record"));
        house.put("enrollment", with(house, "sequence", "messaging"));
        house.put("worklist", with(house, "enrollment"));
        house.put("engine", with(house, "worklist", "bpmn"));
        house.put("insight", with(house, "worklist", "bpmn"));
        house.put("demo", with(house, "engine", "insight"));
        return house;
    }

    /** These packages and whatever they may use. */
    private static Set<String> with(Map<String, Set<String>> house, String... packages) {
        var all = new TreeSet<>(List.of(packages));
        Stream.of(packages).map(house::get).forEach(all::addAll);
        return all;
    }

    /** All of {@code shared} is there for everybody; knowing no framework, it cannot say so by an annotation. */
    @Test
    void modulesUseOnlyWhatOthersPublish() {
        ApplicationModules.of(UpnextApplication.class)
                .detectViolations()
                .filter(violation -> !violation.hasMessageContaining("non-exposed type io.upnext.shared."))
                .throwIfPresent();
    }

    @Test
    void everyPackageHasItsPlaceInTheHouse() {
        var packages = new TreeSet<String>();
        classes.stream()
                .map(type -> type.getPackageName().split("\\."))
                .filter(name -> name.length > 2)
                .forEach(name -> packages.add(name[2]));

        assertThat(mayUse.keySet()).containsAll(packages);
    }

    @TestFactory
    Stream<DynamicTest> aPackageUsesOnlyThoseAboveIt() {
        return mayUse.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> usesOnly(name, mayUse.get(name))));
    }

    private static void usesOnly(String name, Set<String> allowed) {
        var others = mayUse.keySet().stream()
                .filter(other -> !other.equals(name) && !allowed.contains(other))
                .map(other -> "io.upnext." + other + "..")
                .toArray(String[]::new);
        if (others.length > 0) {
            noClasses()
                    .that(resideInAPackage("io.upnext." + name + ".."))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void onlyThePackageEngineUsesTheEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.upnext.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.camunda.bpm.engine..", "org.camunda.bpm.spring..", "org.camunda.bpm.webapp..")
                .check(classes);
    }

    @Test
    void onlyBpmnAndEngineUseTheModelApi() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.upnext.engine..", "io.upnext.bpmn..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda.bpm.model..")
                .check(classes);
    }

    /** Only its controller may know who asks; the compiler gets everything it looks at. */
    @Test
    void theCompilerIsPure() {
        noClasses()
                .that()
                .resideInAPackage("io.upnext.bpmn")
                .and(DescribedPredicate.describe(
                        "are no package-info", type -> !type.getSimpleName().equals("package-info")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.upnext.security..", "org.springframework..")
                .check(classes);
    }

    @Test
    void whatSharedHoldsKnowsNoFramework() {
        noClasses()
                .that()
                .resideInAPackage("io.upnext.shared..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void nothingIsInjectedIntoFieldsOrSetters() {
        noFields().should().beAnnotatedWith(Autowired.class).check(classes);
        noFields().should().beAnnotatedWith(Value.class).check(classes);
        noMethods().should().beAnnotatedWith(Autowired.class).check(classes);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.upnext.demo..")
                .should()
                .callCodeUnitWhere(JavaCall.Predicates.target(readsTheSystemClock()))
                .check(classes);
    }

    private static DescribedPredicate<CodeUnitCallTarget> readsTheSystemClock() {
        return DescribedPredicate.describe("reads the system clock", target -> {
            var owner = target.getOwner().getFullName();
            return switch (target.getName()) {
                case "now" ->
                    owner.startsWith("java.time.")
                            && target.getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isAssignableTo(Clock.class));
                case "currentTimeMillis" -> owner.equals(System.class.getName());
                case "<init>" ->
                    owner.equals(Date.class.getName())
                            && target.getRawParameterTypes().isEmpty();
                default -> false;
            };
        });
    }
}
