package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.IndexSlice;
import lazaret.e2e.harness.IndexSlice.Subject;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.JsonObject;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Execution of every step that `verify` prints, with the real cargo. The subjects are projects and
/// programs of the slice and generated projects. Cargo accepts all steps, and the packages that
/// they concern pass afterwards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("ci")
class AdviceE2E {
  private static final int GENERATED = 50;
  private static final int SAMPLE = 4;
  private static final Pattern VERSION = Pattern.compile("\"vers\":\"([^\"+-]+)\"");
  private static final Pattern LOCKED =
      Pattern.compile("name = \"([^\"]+)\"\nversion = \"([^\"]+)\"\nsource = ");

  private final IndexSlice slice = IndexSlice.open();
  private final IndexSlice audit = IndexSlice.open(s -> s.set("mode", "audit"));
  private final Cargo cargo = Cargo.fresh(slice.gate());
  private final Cargo free = Cargo.fresh(audit.gate());

  /// The number of steps of each kind.
  private final Map<String, Integer> taken = new TreeMap<>();

  @BeforeAll
  void importFeeds() {
    Path data = IndexSlice.data().resolve("..").normalize();
    CliProcess cli = CliProcess.beside(slice.gate());
    cli.run("feed", "import", data.resolve("advisories/rustsec-advisory-db.tar.gz").toString())
        .ok();
    cli.run("feed", "import", data.resolve("osv/crates.io-all.zip").toString()).ok();
  }

  @AfterAll
  void close() {
    slice.close();
    audit.close();
    System.out.println("steps taken with cargo: " + taken);
  }

  static Stream<Subject> subjects() {
    return IndexSlice.subjects();
  }

  static Stream<Subject> projects() {
    return IndexSlice.projects();
  }

  static IntStream seeds() {
    return IntStream.range(0, Machine.all() ? GENERATED : SAMPLE);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void stepsForAnOldLockAreAcceptedAndRepairIt(Subject subject) throws IOException {
    repaired(subject.lay());
  }

  @ParameterizedTest
  @MethodSource("projects")
  void stepsForALockOfTodayAreAcceptedAndRepairIt(Subject subject) throws IOException {
    CargoProjectFolder project = subject.layToday();

    assertThat(repaired(project)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void stepsForAGeneratedLockAreAcceptedAndRepairIt(int seed) throws IOException {
    Random random = new Random(seed);
    CargoProjectFolder project = generated(random);
    List<String> locked =
        LOCKED.matcher(project.lock()).results().map(m -> m.group(1) + "@" + m.group(2)).toList();
    List<String> denied =
        locked.stream().filter(_ -> random.nextInt(12) == 0).limit(4).collect(Collectors.toList());
    if (denied.isEmpty()) {
      denied.add(locked.get(random.nextInt(locked.size())));
    }
    List<String> deny = new ArrayList<>(List.of("deny", "--yes", "--reason", "chosen by chance"));
    deny.addAll(denied);
    CliProcess.beside(slice.gate()).run(deny.toArray(String[]::new)).ok();

    assertThat(withheld(verified(project))).containsAll(denied);
    repaired(project);
  }

  /// Executes all steps for a project and returns them.
  private List<JsonObject> repaired(CargoProjectFolder project) throws IOException {
    JsonObject before = verified(project);
    Set<String> withheld = withheld(before);
    List<JsonObject> steps = steps(before);

    Set<String> unmended = new HashSet<>(withheld);
    for (JsonObject step : steps) {
      taken.merge(step.words("kind"), 1, Integer::sum);
      switch (step.words("kind")) {
        case "none" -> {}
        case "manifest" -> manifest(project, step.words("text"));
        default -> command(project, step.words("text"));
      }
    }
    for (JsonObject line : before.objects("packages")) {
      if (line.objects("fixes").stream().noneMatch(f -> f.words("kind").equals("none"))) {
        unmended.remove(line.words("name") + "@" + line.words("version"));
      }
    }
    assertThat(steps.isEmpty()).isEqualTo(withheld.isEmpty());
    assertThat(withheld(verified(project)))
        .describedAs("%s, after %s", withheld, steps)
        .isSubsetOf(unmended);
    return steps;
  }

  private void command(CargoProjectFolder project, String text) {
    String[] words = text.split(" ", -1);
    assertThat(words[0]).isEqualTo("cargo");
    cargo.run(project.folder(), Stream.of(words).skip(1).toArray(String[]::new)).ok();
  }

  private void manifest(CargoProjectFolder project, String text) throws IOException {
    Matcher step =
        Pattern.compile("require (\\S+) = \"(\\S+)\" in the Cargo.toml of \\S+").matcher(text);
    assertThat(step.matches()).describedAs(text).isTrue();
    Path file = project.folder().resolve("Cargo.toml");
    String name = Pattern.quote(step.group(1));
    String edited =
        Files.readString(file)
            .replaceAll("(?m)^(" + name + " = \")[^\"]+\"", "$1" + step.group(2) + "\"")
            .replaceAll(
                "(?m)^(" + name + " = \\{.*version = \")[^\"]+\"", "$1" + step.group(2) + "\"")
            .replaceAll(
                "(dependencies\\." + name + "]\\s+version = \")[^\"]+\"",
                "$1" + step.group(2) + "\"");
    Files.writeString(file, edited);
    cargo.run(project.folder(), "update", "--workspace").ok();
  }

  private JsonObject verified(CargoProjectFolder project) {
    ProgramResult ran =
        CliProcess.beside(slice.gate()).in(project.folder()).run("verify", "--json", "Cargo.lock");
    return JsonObject.parse(Bytes.utf8(ran.out()));
  }

  private static Set<String> withheld(JsonObject report) {
    return report.objects("packages").stream()
        .filter(p -> p.words("status").equals("withheld"))
        .map(p -> p.words("name") + "@" + p.words("version"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<JsonObject> steps(JsonObject report) {
    Map<Long, JsonObject> steps = new TreeMap<>();
    for (JsonObject line : report.objects("packages")) {
      line.objects("fixes").forEach(f -> steps.put(f.number("order"), f));
    }
    return List.copyOf(steps.values());
  }

  /// Creates a project with requirements of all forms on crates of the slice, and with a lockfile
  /// that is not the newest.
  private CargoProjectFolder generated(Random random) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(IndexSlice.data().resolve("index"))) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (int attempt = 0; attempt < 200; attempt++) {
      Set<String> names = new HashSet<>();
      List<String> dependencies = new ArrayList<>();
      for (int i = 2 + random.nextInt(5); i > 0; i--) {
        Path file = files.get(random.nextInt(files.size()));
        List<String> versions = versions(file);
        if (!versions.isEmpty() && names.add(file.getFileName().toString())) {
          int newest = versions.size() - 1;
          String version = versions.get(newest - random.nextInt(Math.min(12, newest + 1)));
          dependencies.add(file.getFileName() + " = \"" + requirement(version, random) + "\"");
        }
      }
      CargoProjectFolder project = CargoProjectFolder.with(dependencies.toArray(String[]::new));
      if (free.run(project.folder(), "generate-lockfile").exit() == 0) {
        age(project, random);
        return project;
      }
    }
    throw new AssertionError("no project could be resolved");
  }

  private static List<String> versions(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(l -> !l.contains("\"yanked\":true"))
          .map(VERSION::matcher)
          .filter(Matcher::find)
          .map(m -> m.group(1))
          .toList();
    }
  }

  private static String requirement(String version, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> "=" + version;
      case 1 -> "~" + version;
      case 2 -> ">=" + version;
      default -> version;
    };
  }

  /// Moves some packages to earlier versions if cargo allows it.
  private void age(CargoProjectFolder project, Random random) throws IOException {
    List<String> locked = new ArrayList<>();
    Matcher found = LOCKED.matcher(project.lock());
    while (found.find()) {
      locked.add(found.group(1) + "@" + found.group(2));
    }
    for (String spec : locked) {
      if (random.nextInt(3) == 0) {
        String name = spec.substring(0, spec.indexOf('@'));
        List<String> versions = versions(file(name));
        int at = versions.indexOf(spec.substring(spec.indexOf('@') + 1));
        if (at > 1) {
          String earlier = versions.get(at - 1 - random.nextInt(Math.min(3, at)));
          free.run(project.folder(), "update", "-p", spec, "--precise", earlier);
        }
      }
    }
  }

  private static Path file(String name) throws IOException {
    try (Stream<Path> all = Files.walk(IndexSlice.data().resolve("index"))) {
      return all.filter(f -> f.getFileName().toString().equals(name)).findFirst().orElseThrow();
    }
  }
}
