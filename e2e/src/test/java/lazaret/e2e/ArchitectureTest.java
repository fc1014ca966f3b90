package lazaret.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.mirror.outbound.OutboundExchange;
import lazaret.vetting.crates.CrateName;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the architecture page and of CONTRIBUTING that a compiler does not check, applied
/// to the class files of the product.
class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // Fixtures of other modules, as packaged.
          .withImportOption(place -> !place.contains("-tests.jar"))
          // Classes that are made of templates; each belongs to the page that uses it.
          .withImportOption(place -> !place.contains("/lazaret/web/template/"))
          .importPackages(
              "lazaret.vetting",
              "lazaret.storage",
              "lazaret.bundle",
              "lazaret.site",
              "lazaret.toolchain",
              "lazaret.git",
              "lazaret.documentation",
              "lazaret.results",
              "lazaret.conformance",
              "lazaret.credential",
              "lazaret.sandbox",
              "lazaret.detonation",
              "lazaret.mirror",
              "lazaret.signin",
              "lazaret.web",
              "lazaret.sbom",
              "lazaret.manual",
              "lazaret.tracing",
              "lazaret.cli");

  /// The minimum number of imported classes. A rule over no classes passes, so an import that finds
  /// no classes must be noticed. Raise it with the code.
  private static final int LEAST_CLASSES = 2_500;

  private static final String OPTIONAL = "java.util.Optional";

  /// Types of fields that change, as far as a declaration tells.
  private static final String MUTABLE =
      "java\\.util\\.(concurrent\\..*|(Array|Linked)List|(Linked)?Hash(Map|Set)|TreeMap|TreeSet"
          + "|EnumMap|BitSet|.*Deque|.*Queue)|java\\.lang\\.ThreadLocal|java\\.lang\\.StringBuilder";

  /// Libraries that few packages use, so that each could be exchanged.
  private static final List<String> LIBRARIES =
      List.of(
          "com.fasterxml.jackson",
          "com.github.benmanes.caffeine",
          "com.github.difflib",
          "com.nimbusds",
          "com.zaxxer",
          "gg.jte",
          "io.helidon",
          "io.opentelemetry",
          "io.prometheus",
          "java.lang.foreign",
          "java.net.http",
          "java.sql",
          "org.bouncycastle",
          "org.flywaydb",
          "org.rocksdb",
          "org.tomlj",
          "picocli",
          "software.amazon.awssdk");

  private static final Path ROOT = Path.of(System.getProperty("lazaret.root"));

  /// The packages of the gate and the desk.
  private static final String[] GATE = {"lazaret.vetting.gate..", "lazaret.vetting.desk.."};

  /// The types of `gate.serving` and `gate.context` that programs use.
  private static final Set<String> FOR_PROGRAMS =
      Set.of(
          "IndexOutcome",
          "DownloadOutcome",
          "RefusalText",
          "GateContext",
          "GateOptions",
          "GateCounters",
          "CurrentRulebook",
          "PolicyOrigin");

  /// The classes outside of `vetting.json` that use the JSON library: five that read or change a
  /// stream, two whose bytes are signed, and the tree of bundles.
  private static final Set<String> JSON =
      Set.of(
          "IndexDependencyReader",
          "IndexLineReader",
          "OsvReader",
          "RegistryConfig",
          "YankedEdit",
          "EventCodec",
          "VerificationStatementCodec",
          "JsonTreeReader");

  /// The classes outside of `mirror.outbound`, `mirror.webhook` and `conformance` that use the HTTP
  /// client.
  private static final Set<String> HTTP_CLIENT =
      Set.of("HttpUpstream", "NetworkFault", "HttpProbe");

  /// The classes that use Bouncy Castle.
  private static final Set<String> SIGNATURES =
      Set.of(
          "EncryptedSeeds",
          "LibrarySignatures",
          "OpenPgpCheck",
          "PacketFrame",
          "PinnedKey",
          "SigningKey");

  @Test
  void seesTheProduct() {
    assertThat(PRODUCT).hasSizeGreaterThanOrEqualTo(LEAST_CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(ArchRule rule) {
    rule.check(PRODUCT);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        PRODUCT.stream()
            .map(JavaClass::getPackage)
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(unmarked).as("packages without @NullMarked in package-info").isEmpty();
  }

  /// The packages that each package sees, and the libraries that it knows: an arrow that is not in
  /// the list is either wrong or deserves a thought.
  @Test
  void packagesSeeWhatTheySawBefore() {
    Set<String> arrows = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String from = type.getPackageName();
        String to = dependency.getTargetClass().getPackageName();
        if (to.startsWith("lazaret.") && !to.equals(from)) {
          arrows.add(from + " -> " + to);
        } else {
          LIBRARIES.stream()
              .filter(to::startsWith)
              .forEach(library -> arrows.add(from + " -> " + library));
        }
      }
    }

    assertThat(arrows).hasSizeGreaterThan(300);
    KnownBreaches.of("arrows").allows(arrows, "use what the package sees already, or its caller");
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, Set<String>> roots = new TreeMap<>();
    for (JavaClass type : PRODUCT) {
      String place = type.getSource().orElseThrow().getUri().toString();
      String inside = type.getPackageName().replace('.', '/');
      roots
          .computeIfAbsent(type.getPackageName(), _ -> new TreeSet<>())
          .add(place.substring(0, place.lastIndexOf(inside)));
    }

    assertThat(roots).hasSizeGreaterThan(110);
    assertThat(roots).allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
  }

  @Test
  void optionalIsAReturnTypeOnly() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      type.getFields().stream()
          .filter(field -> field.getRawType().getName().startsWith(OPTIONAL))
          .forEach(field -> found.add("field " + nested(type) + "." + field.getName()));
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        boolean canonical = type.isRecord() && unit.isConstructor();
        boolean lambda = unit.getName().startsWith("lambda$");
        if (!canonical
            && !lambda
            && unit.getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.getName().startsWith(OPTIONAL))) {
          found.add("parameter " + nested(type) + "#" + unit.getName());
        }
      }
    }

    KnownBreaches.of("optionals")
        .allows(found, "null in a field, two methods in place of a parameter");
  }

  @Test
  void nothingStaticChanges() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      type.getFields().stream()
          .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
          .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
          .filter(
              field ->
                  !field.getModifiers().contains(JavaModifier.FINAL)
                      || field.getRawType().getName().matches(MUTABLE))
          .forEach(field -> found.add(nested(type) + "." + field.getName()));
    }

    KnownBreaches.of("mutable-statics")
        .allows(found, "state belongs to an object that is handed on");
  }

  private static String nested(JavaClass type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }

  /// The arrows between modules, by the folders of the sources and the names in the class files.
  @Test
  void modulesSeeOnlyLowerOnes() throws IOException {
    PackageTable table = PackageTable.of(ROOT);
    Map<String, String> homes = table.modulesOfPackages();
    Set<String> back = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      String from = homes.get(type.getPackageName());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        String to = homes.get(target.getPackageName());
        if (to != null && !to.equals(from) && !ModuleArrows.sees(from, to)) {
          back.add("%s: %s -> %s: %s".formatted(from, nested(type), to, target.getName()));
        }
      }
    }
    table
        .moduleGraph()
        .forEach(
            (from, seen) ->
                seen.stream()
                    .filter(to -> !ModuleArrows.TOP.contains(from) && !ModuleArrows.sees(from, to))
                    .forEach(to -> back.add(from + " -> " + to)));

    assertThat(Stream.concat(ModuleArrows.SEES.keySet().stream(), ModuleArrows.TOP.stream()))
        .containsAll(homes.values());
    assertThat(back).as("arrows between modules never point back").isEmpty();
  }

  static List<ArchRule> rules() {
    return Stream.of(directions(), libraries(), own(), habits(), danger(), names())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ArchRule> directions() {
    return List.of(
        slices().matching("lazaret.(**)").should().beFreeOfCycles(),
        uses(
            new String[] {"lazaret.vetting.advisory..", "lazaret.vetting.audit.."},
            resideInAnyPackage("lazaret.vetting.inspect..", "lazaret.vetting.review..")
                .and(not(named(Set.of("Ioc", "Iocs")))),
            "evidence needs archives and indicators of compromise"),
        uses(
            new String[] {"lazaret.storage.."},
            resideInAnyPackage(GATE).and(not(resideInAPackage("lazaret.vetting.gate.store.."))),
            "a store implements a port"),
        uses(
            new String[] {"lazaret.bundle.."},
            resideInAnyPackage(GATE)
                .and(
                    not(
                        resideInAnyPackage(
                            "lazaret.vetting.gate.store",
                            "lazaret.vetting.gate.feeds",
                            "lazaret.vetting.gate.snapshots",
                            "lazaret.vetting.gate.upstream",
                            "lazaret.vetting.desk.snapshots",
                            "lazaret.vetting.desk.retention"))),
            "bundles transfer what the store and the snapshots hold"),
        programsUse(resideInAPackage("lazaret.vetting.gate.evaluation")),
        programsUse(
            resideInAnyPackage("lazaret.vetting.gate.serving", "lazaret.vetting.gate.context")
                .and(not(named(FOR_PROGRAMS)))));
  }

  /// Returns the rule that programs do not use some types of the gate. Following the registry is
  /// background work of the gate, in a module of its own because it uses disk and network.
  private static ArchRule programsUse(DescribedPredicate<JavaClass> hidden) {
    return noClasses()
        .that()
        .resideInAnyPackage("lazaret.mirror..", "lazaret.cli..")
        .and()
        .resideOutsideOfPackage("lazaret.mirror.following")
        .should()
        .dependOnClassesThat(hidden)
        .because("programs use the gate and the desk by their front classes");
  }

  private static ArchRule uses(
      String[] packages, DescribedPredicate<JavaClass> hidden, String reason) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat(hidden)
        .because(reason);
  }

  private static DescribedPredicate<JavaClass> named(Set<String> names) {
    return describe(
        "named " + new TreeSet<>(names), c -> names.contains(outermost(c).getSimpleName()));
  }

  private static List<ArchRule> libraries() {
    return List.of(
        classes()
            .that()
            .resideInAPackage("lazaret.vetting..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        "java..",
                        "lazaret.vetting..",
                        "javax.xml.stream..",
                        "org.jspecify.annotations..",
                        "com.fasterxml.jackson..",
                        "com.github.benmanes.caffeine..",
                        "com.github.difflib..",
                        "org.tomlj..")
                    .or(describe("primitives", c -> c.getBaseComponentType().isPrimitive())))
            .because("vetting is the heart: bytes and values in, verdicts out"),
        noClasses()
            .that()
            .resideInAPackage("lazaret.vetting..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.net.http..", "java.nio.file..", "java.sql..")
                    .and(not(describe("Path", ArchitectureTest::namesAPath)))
                    .or(describe("file streams", c -> c.getName().startsWith("java.io.File")))
                    .or(describe("sockets", c -> c.getName().matches("java\\.net\\..*Socket"))))
            .because("vetting knows no disk and no network; a Path is only a name"));
  }

  /// Returns the rules on libraries that few classes know.
  private static List<ArchRule> own() {
    return List.of(
        only(
            resideInAnyPackage("lazaret.vetting.json", "lazaret.conformance..").or(named(JSON)),
            "com.fasterxml.jackson.."),
        only(
            resideInAPackage("lazaret.toolchain.signature").or(named(SIGNATURES)),
            "org.bouncycastle.."),
        only(resideInAPackage("lazaret.toolchain.signature"), "org.bouncycastle.openpgp.."),
        only(none(), "sun.."),
        only(named(Set.of("OperatorToml")), "org.tomlj.."),
        only(named(Set.of("LineDiff")), "com.github.difflib.."),
        only(named(Set.of("BoundedCache")), "com.github.benmanes.caffeine.."),
        only(resideInAPackage("lazaret.signin.."), "com.nimbusds.."),
        only(resideInAPackage("lazaret.signin.oidc"), "com.nimbusds.oauth2.."),
        only(resideInAPackage("lazaret.signin.oidc"), "com.nimbusds.openid.."),
        only(resideInAPackage("lazaret.storage.rocks.."), "org.rocksdb.."),
        only(resideInAPackage("lazaret.storage.postgres.."), "java.sql.."),
        only(resideInAPackage("lazaret.storage.postgres.connection"), "com.zaxxer.."),
        only(resideInAPackage("lazaret.storage.postgres.schema"), "org.flywaydb.."),
        only(resideInAPackage("lazaret.tracing"), "io.opentelemetry.."),
        only(resideInAPackage("lazaret.storage.s3"), "software.amazon.awssdk.."),
        only(
            resideInAnyPackage(
                    "lazaret.mirror.outbound", "lazaret.mirror.webhook", "lazaret.conformance..")
                .or(named(HTTP_CLIENT)),
            "java.net.http.."),
        only(
            resideInAnyPackage(
                "lazaret.mirror.clients",
                "lazaret.mirror.http",
                "lazaret.mirror.http2",
                "lazaret.mirror.server",
                "lazaret.mirror.socket",
                "lazaret.mirror.tls"),
            "io.helidon.."),
        only(resideInAPackage("lazaret.mirror.server"), "io.prometheus.."),
        only(resideInAnyPackage("lazaret.cli..", "lazaret.manual"), "picocli.."),
        only(
            resideInAPackage("lazaret.sandbox.kernel..").or(named(Set.of("OpenSslSha256"))),
            "java.lang.foreign.."));
  }

  private static boolean namesAPath(JavaClass type) {
    return type.isEquivalentTo(Path.class) || type.isEquivalentTo(InvalidPathException.class);
  }

  private static JavaClass outermost(JavaClass nested) {
    return nested.getEnclosingClass().map(ArchitectureTest::outermost).orElse(nested);
  }

  /// Returns the rule that only some classes use a library.
  private static ArchRule only(DescribedPredicate<JavaClass> users, String library) {
    return noClasses()
        .that(not(users))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because("few classes know this library, and could exchange it");
  }

  private static List<ArchRule> habits() {
    return List.of(
        noClasses()
            .should(THROW_GENERIC_EXCEPTIONS)
            .because("a failure is a sealed result or a LazaretException with a code"),
        noClasses()
            .that(not(withOutsideAccess()))
            .should(ACCESS_STANDARD_STREAMS)
            .because("standard streams belong to Main and to reports"),
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveNameMatching(".*(Util|Utils|Helper|Manager)")
            .orShould()
            .resideInAnyPackage("..impl..", "..util..", "..common..", "..helper..", "..dto..")
            .because("names come from the domain, never from a layer"));
  }

  private static List<ArchRule> danger() {
    return List.of(
        noClasses()
            .that(not(withOutsideAccess().or(named(Set.of("ProgramClock")))))
            .should()
            .callMethodWhere(readsTheClock())
            .because("time comes from the java.time.Clock given at construction"),
        noClasses()
            .that(not(named(Set.of("Sha256", "AccessTokenHash", "BasicCases"))))
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class)
            .because("the choice of digest has one home"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .because("what must be secret is SecureRandom's, what must replay is seeded and given"),
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "lazaret.sandbox..",
                "lazaret.bundle.command..",
                "lazaret.git..",
                "lazaret.conformance.client")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder")
            .orShould()
            .callMethodWhere(
                target(owner(JavaClass.Predicates.type(Runtime.class))).and(target(name("exec"))))
            .because(
                "only the sandbox runs programs, lazaret.git runs git, and one class those that the"
                    + " operator names"));
  }

  /// Returns the rules by which each request to another machine passes the check of private names.
  private static List<ArchRule> names() {
    return List.of(
        noClasses()
            .that(not(named(Set.of("Fetcher"))))
            .should()
            .callMethodWhere(
                target(owner(JavaClass.Predicates.type(OutboundExchange.class)))
                    .and(target(name("send"))))
            .because("Fetcher compares each request with the private names"),
        noClasses()
            .that()
            .resideInAnyPackage(
                "lazaret.mirror.signin..", "lazaret.mirror.workload..", "lazaret.signin..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(CrateName.class.getName())
            .because("requests to providers of identities are not compared with private names"));
  }

  private static DescribedPredicate<JavaClass> none() {
    return describe("no class", _ -> false);
  }

  /// Returns the predicate for classes with access to the outside: Main classes, wiring, and
  /// printers of reports.
  private static DescribedPredicate<JavaClass> withOutsideAccess() {
    return describe(
        "Main, Wiring or report classes",
        c ->
            Set.of("Main", "Wiring").contains(outermost(c).getSimpleName())
                || c.getPackageName().matches("lazaret\\.cli\\.report(\\..*)?"));
  }

  private static DescribedPredicate<JavaMethodCall> readsTheClock() {
    Set<String> moments =
        Stream.of(
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class)
            .map(Class::getName)
            .collect(Collectors.toSet());
    return describe(
        "that reads the system's clock",
        call -> {
          String type = call.getTargetOwner().getName();
          String method = call.getName();
          // now(Clock) is required; now() is not.
          boolean now =
              moments.contains(type)
                  && method.equals("now")
                  && call.getTarget().getRawParameterTypes().isEmpty();
          boolean clock = type.equals(Clock.class.getName()) && method.startsWith("system");
          boolean millis = type.equals("java.lang.System") && method.equals("currentTimeMillis");
          // Certificates have their validity in this type, and a verifier of tokens takes it.
          boolean date =
              type.equals(Date.class.getName()) && !Set.of("from", "toInstant").contains(method);
          return now || clock || millis || date;
        });
  }
}
