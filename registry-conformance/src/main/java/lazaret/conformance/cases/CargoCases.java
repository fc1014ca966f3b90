package lazaret.conformance.cases;

import static lazaret.conformance.cases.CaseContext.ONE;
import static lazaret.conformance.cases.CaseContext.expect;

import java.util.List;
import lazaret.conformance.archive.UploadBuilder;
import lazaret.conformance.client.CargoFolder;
import lazaret.conformance.client.CargoFolder.Ended;

/// Group T: the real cargo.
final class CargoCases {
  private static final String CARGO = "cargo";

  /// One more than registries accept. Cargo does not count them.
  private static final String KEYWORDS = "[\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]";

  private static final String[] PUBLISH = {
    "publish", "--registry", CargoFolder.REGISTRY, "--allow-dirty", "--no-verify"
  };

  private CargoCases() {}

  static List<ConformanceCase> list() {
    CaseList all = new CaseList("Cargo book");
    with(all, "T1", "cargo publish ends without a warning", CargoCases::publish);
    with(all, "T2", "A workspace is published in its order", CargoCases::workspace);
    with(all, "T3", "cargo yank marks a version, and undoes it", CargoCases::yank);
    with(
        all,
        "T4",
        "cargo owner lists the publisher",
        (c, cargo) -> {
          String name = c.published();
          Ended listed = ok(cargo, "owner", "--list", "--registry", CargoFolder.REGISTRY, name);
          String login = c.owner().owners(name).json().objects("users").getFirst().text("login");
          expect(listed.output().contains(login), login, listed);
        });
    with(
        all,
        "T5",
        "cargo search finds a crate",
        (c, cargo) -> {
          String name = c.published();
          Ended found = ok(cargo, "search", "--registry", CargoFolder.REGISTRY, name);
          expect(found.output().contains(name + " = \"1.0.0\""), name, found);
        });
    with(all, "T6", "cargo login reads a token, which publishes", CargoCases::login);
    with(
        all,
        "T7",
        "cargo publish of an existing version fails",
        (c, cargo) -> {
          String name = c.published();
          Ended ended = cargo.pack("a", name, ONE, "").run("a", PUBLISH);
          expect(ended.code() == 101, "exit code 101", ended);
        });
    builds(all);
    messages(all);
    all.add("T13", "cargo takes the token from a program", CargoCases::provider).needing(CARGO);
    return all.all();
  }

  private static void builds(CaseList all) {
    with(all, "T8", "A published crate is built as a dependency", CargoCases::build);
    with(all, "T9", "cargo install builds a program", CargoCases::install);
    with(
        all,
        "T10",
        "cargo publish --dry-run publishes nothing",
        (c, cargo) -> {
          String name = c.name();
          Ended ended =
              cargo
                  .pack("a", name, ONE, "")
                  .run(
                      "a",
                      "publish",
                      "--dry-run",
                      "--no-verify",
                      "--allow-dirty",
                      "--registry",
                      CargoFolder.REGISTRY);
          expect(ended.code() == 0, "exit code 0", ended);
          expect(c.owner().lines(name).isEmpty(), "no crate", name);
        });
  }

  private static void messages(CaseList all) {
    with(
        all,
        "T11",
        "cargo info shows a crate",
        (c, cargo) -> {
          String name = c.published();
          Ended shown = ok(cargo, "info", "--registry", CargoFolder.REGISTRY, name);
          expect(shown.output().contains("A crate of a test suite"), "its description", shown);
        });
    with(
        all,
        "T12",
        "cargo prints the text of a refusal",
        (c, cargo) -> {
          String name = c.name();
          Ended ended = cargo.pack("a", name, ONE, "keywords = " + KEYWORDS).run("a", PUBLISH);
          expect(ended.code() == 101, "exit code 101", ended);
          String detail =
              c.refused(new UploadBuilder(name, ONE).field("keywords", KEYWORDS)).detail();
          expect(
              ended.output().contains(detail.substring(0, Math.min(20, detail.length()))),
              detail,
              ended);
        });
  }

  private interface Step {
    void run(CaseContext context, CargoFolder cargo);
  }

  private static void with(CaseList all, String id, String sentence, Step step) {
    all.add(
            id,
            sentence,
            c -> {
              try (CargoFolder cargo = CargoFolder.of(c.declared(CARGO), c.owner())) {
                step.run(c, cargo);
              }
            })
        .needing(CARGO);
  }

  private static Ended ok(CargoFolder cargo, String... arguments) {
    Ended ended = cargo.run("none", arguments);
    expect(ended.code() == 0, "exit code 0", ended);
    return ended;
  }

  private static void publish(CaseContext c, CargoFolder cargo) {
    String name = c.name();
    Ended ended = cargo.pack("a", name, ONE, "").run("a", PUBLISH);
    expect(
        ended.code() == 0 && !ended.output().contains("warning: timed out"),
        "exit code 0 without a wait that timed out",
        ended);
    c.line(new UploadBuilder(name, ONE));
  }

  private static void workspace(CaseContext c, CargoFolder cargo) {
    String first = c.name();
    String second = c.name();
    String dependency =
        "[dependencies]\n%s = { version = \"1\", path = \"../a\", registry = \"suite\" }"
            .formatted(first);
    cargo.pack("a", first, ONE, "").pack("b", second, ONE, dependency);
    for (String folder : List.of("a", "b")) {
      Ended ended = cargo.run(folder, PUBLISH);
      expect(ended.code() == 0, "exit code 0 for " + folder, ended);
    }
    expect(
        c.line(new UploadBuilder(second, ONE)).objects("deps").size() == 1,
        "the dependency",
        second);
  }

  private static void yank(CaseContext c, CargoFolder cargo) {
    UploadBuilder crate = c.crate();
    c.accepted(crate);
    String version = crate.name() + "@" + ONE;
    ok(cargo, "yank", "--registry", CargoFolder.REGISTRY, version);
    expect(c.line(crate).text("yanked").equals("true"), "yanked", c.line(crate));
    ok(cargo, "yank", "--undo", "--registry", CargoFolder.REGISTRY, version);
    expect(c.line(crate).text("yanked").equals("false"), "not yanked", c.line(crate));
  }

  private static void login(CaseContext c, CargoFolder unused) {
    try (CargoFolder cargo =
        CargoFolder.of(c.declared(CARGO), c.owner(), "credential-provider = \"cargo:token\"\n")) {
      Ended login =
          cargo.run(
              "a",
              c.owner().secret() + "\n",
              new String[] {"login", "--registry", CargoFolder.REGISTRY});
      expect(login.code() == 0, "exit code 0 of cargo login", login);
      publish(c, cargo);
    }
  }

  private static void build(CaseContext c, CargoFolder cargo) {
    String name = c.published();
    cargo.pack("app", c.name(), ONE, "");
    Ended added = cargo.run("app", "add", "--registry", CargoFolder.REGISTRY, name);
    expect(added.code() == 0, "exit code 0 of cargo add", added);
    Ended built = cargo.run("app", "build");
    expect(built.code() == 0, "exit code 0 of cargo build", built);
  }

  private static void install(CaseContext c, CargoFolder cargo) {
    UploadBuilder crate = c.crate().file("src/main.rs", "fn main() {}\n");
    c.accepted(crate);
    ok(
        cargo,
        "install",
        "--registry",
        CargoFolder.REGISTRY,
        "--root",
        cargo.path("installed").toString(),
        crate.name());
  }

  private static void provider(CaseContext c) {
    String provider =
        "credential-provider = [\"cargo:token-from-stdout\", \"sh\", \"-c\", \"echo $SUITE_TOKEN\"]\n";
    try (CargoFolder cargo = CargoFolder.of(c.declared(CARGO), c.owner(), provider)) {
      publish(c, cargo);
    }
  }
}
