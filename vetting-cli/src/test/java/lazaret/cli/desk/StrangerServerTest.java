package lazaret.cli.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lazaret.cli.doctor.GateProbe;
import lazaret.cli.doctor.HttpProbe;
import lazaret.cli.fixture.CliFixture;
import lazaret.mirror.http.Challenge;
import lazaret.vetting.Secret;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Foreign programs in place of the gate: on its old port, on the path of its socket, or in
/// between.
class StrangerServerTest {
  private static final String TOKEN = "lzr_" + "5".repeat(64);
  private static final String PASSPHRASE = "correct horse battery";

  @TempDir Path folder;
  private Path data;
  private CliFixture cli;
  private final List<Process> processes = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> got = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void makeDataFolder() throws IOException {
    data =
        Files.createDirectory(
            folder.resolve("data"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    cli = new CliFixture(folder, Clock.systemUTC());
    cli.environment.put("LAZARET_DATA_DIR", data.toString());
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root")
        && Files.isExecutable(Path.of("/usr/bin/setpriv"));
  }

  private Process start(boolean stranger, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (stranger && isRoot()) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("stderr-" + processes.size()).toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET_"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static String line(Process process, String begin) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).startsWith(begin);
    return line.substring(begin.length());
  }

  /// Starts a sink as another user. The bytes that it receives are in [#got].
  private int sink(int port, int status, String body) throws IOException {
    Process process = start(true, RequestSink.class.getName(), "" + port, "" + status, body);
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = out.readLine();
    assertThat(line).as("the sink listens").startsWith("sink on ");
    Thread.ofVirtual().start(() -> out.lines().forEach(got::add));
    return Integer.parseInt(line.substring("sink on ".length()));
  }

  private void assertNothingSecretWasSent() throws InterruptedException {
    // Bytes that were sent before the client ended still pass through two pipes.
    Thread.sleep(Duration.ofMillis(300));
    assertThat(String.join("\n", got))
        .doesNotContainIgnoringCase("authorization")
        .doesNotContain("lzr_", PASSPHRASE);
  }

  /// Terminates a gate in order, so that its access log is complete.
  private static void end(Process gate) throws InterruptedException {
    gate.toHandle().destroy();
    assertThat(gate.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private Process gate() throws IOException {
    Files.createDirectories(folder.resolve("upstream/index"));
    return start(
        false,
        "lazaret.mirror.Main",
        "--data-dir",
        data.toString(),
        "--listen",
        "127.0.0.1:0",
        "--upstream",
        folder.resolve("upstream").toString());
  }

  @Test
  void staleListeningDoesNotGetTheTokenNorThePassphrase() throws Exception {
    Process gate = gate();
    URI url = URI.create(line(gate, "listening on "));
    assertThat(cli.run("status").exit()).isZero();
    gate.destroyForcibly();
    assertThat(gate.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(data.resolve("listening")).exists();
    sink(url.getPort(), 200, "{\"proof\":\"" + "0".repeat(64) + "\"}");
    cli.environment.put("LAZARET_PASSPHRASE", PASSPHRASE);
    String[] export = {"bundle", "export", folder.toString(), "--keys", folder.toString()};

    assertThat(cli.run("status").exit()).isEqualTo(3);
    assertThat(cli.run(export).exit()).isEqualTo(3);
    Files.delete(data.resolve("desk.sock"));
    assertThat(cli.run("status").exit()).isEqualTo(3);
    // Simulates that the number of the process was given to another one.
    String note = Files.readString(data.resolve("listening"));
    long other = ProcessHandle.current().pid();
    Files.writeString(data.resolve("listening"), note.replaceFirst("pid [0-9]+", "pid " + other));
    assertThat(cli.run("status").exit()).isEqualTo(3);
    assertNothingSecretWasSent();

    // If the user names the old address, it is requested, and must give a proof.
    String old = "http://127.0.0.1:" + url.getPort();
    String file = data.resolve("admin-token").toString();
    CliFixture.Ran ran = cli.run("status", "--server", old, "--token-file", file);
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("expected a proof", "found a wrong proof", "was not sent");
    assertThat(cli.run(words(export, "--server", old, "--token-file", file)).exit()).isEqualTo(2);
    assertThat(cli.run("selftest", "--server", old, "--token-file", file).exit()).isNotZero();
    assertThat(cli.run("cargo-config", "--server", old, "--token-file", file).exit()).isNotZero();
    assertThat(String.join("\n", got)).contains("GET /desk/v1/proof?token=");
    assertNothingSecretWasSent();
  }

  private static String[] words(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void relayedChallengeGetsNoToken() throws Exception {
    Process gate = gate();
    URI url = URI.create(line(gate, "listening on "));
    try (SocketForwarder relay =
        SocketForwarder.open(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), url.getPort()))) {
      String file = data.resolve("admin-token").toString();
      CliFixture.Ran ran =
          cli.run("status", "--server", "http://127.0.0.1:" + relay.port(), "--token-file", file);

      assertThat(ran.exit()).isEqualTo(3);
      assertThat(ran.err()).contains("does not listen on the address that was used");
      assertThat(
              cli.run(
                      "status",
                      "--server",
                      "http://localhost:" + url.getPort(),
                      "--token-file",
                      file)
                  .exit())
          .as("the gate itself")
          .isZero();
    }
    try (SocketForwarder relay =
        SocketForwarder.open(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), url.getPort()),
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), url.getPort()))) {
      CliFixture.Ran ran =
          cli.run(
              "status",
              "--server",
              "http://127.0.0.2:" + relay.port(),
              "--token-file",
              data.resolve("admin-token").toString());
      assertThat(ran.exit()).as("the same port of another address").isEqualTo(3);
    }
    end(gate);
    assertThat(Files.readString(data.resolve("access.log")))
        .doesNotContain("lzr_")
        .contains("\"code\":\"wrong-host\"");
  }

  /// Serves replies to challenges and returns the errors that the client prints. Requests are added
  /// to [#got].
  private String answerTo(Function<Challenge, String> proofs, String... words) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          got.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
          String body = "{}";
          if (exchange.getRequestURI().getPath().equals(Challenge.PATH)) {
            body = proofs.apply(Challenge.parse(exchange.getRequestURI().getRawQuery()));
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      cli.environment.put("LAZARET_TOKEN", TOKEN);
      cli.environment.put("LAZARET_SERVER", "http://127.0.0.1:" + server.getAddress().getPort());
      return cli.run(words).err();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void replayedProofOfAnotherNonceGetsNoToken() throws Exception {
    Sha256 hash = TokenService.hashOf(TOKEN);
    String said =
        answerTo(
            challenge ->
                "{\"proof\":\"%s\"}"
                    .formatted(
                        new Challenge(
                                challenge.token(),
                                "0".repeat(64),
                                challenge.host(),
                                challenge.peer())
                            .proof(hash)),
            "status");

    assertThat(said).contains("found a wrong proof");
    assertNothingSecretWasSent();
  }

  @Test
  void proofUnderAnotherKeyGetsNoToken() throws Exception {
    Sha256 other = TokenService.hashOf("lzr_" + "6".repeat(64));

    String said =
        answerTo(challenge -> "{\"proof\":\"" + challenge.proof(other) + "\"}", "token", "list");

    assertThat(said).contains("found a wrong proof");
    assertNothingSecretWasSent();
  }

  @Test
  void answerWithoutEndGetsNoToken() throws Exception {
    String said = answerTo(_ -> "x".repeat(1 << 20), "status");

    assertThat(said).contains("sent more than");
    assertNothingSecretWasSent();
  }

  @Test
  void serverWithoutTheRouteGetsNoToken() throws Exception {
    cli.environment.put("LAZARET_TOKEN", TOKEN);
    int port = sink(0, 404, "{\"errors\":[{\"code\":\"unknown\",\"detail\":\"no such path\"}]}");
    cli.environment.put("LAZARET_SERVER", "http://127.0.0.1:" + port);

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("expected a proof", "status 404").doesNotContain(TOKEN);
    assertNothingSecretWasSent();
  }

  @Test
  void relayOfTheSandboxGivesNoTokenToAStranger() throws Exception {
    int port = sink(0, 200, "{\"proof\":\"" + "0".repeat(64) + "\"}");
    ServerAddress gateway =
        new ServerAddress(
            new GateAddress.Web("http://127.0.0.1:" + port), new Secret(TOKEN), "look again");

    assertThatThrownBy(() -> new ClearConnector(gateway).open(Duration.ofSeconds(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a proof");
    assertNothingSecretWasSent();
  }

  @Test
  void doctorGivesCargosTokenToNoStranger() throws Exception {
    int port = sink(0, 200, "{}");
    URI address = URI.create("http://127.0.0.1:" + port + "/index/config.json");

    for (String token : List.of(TOKEN, "Bearer " + TOKEN, "ghp_another", "lzr_\nx: y")) {
      GateProbe.Reply reply = new HttpProbe(null).get(address, new Secret(token));
      assertThat(reply.status()).isZero();
      assertThat(reply.body()).doesNotContain(token);
    }
    GateProbe.Reply broken =
        new HttpProbe(null)
            .get(URI.create("https://127.0.0.1:" + port + "/"), new Secret("lzr_\n" + TOKEN));
    assertThat(broken.body()).as("the JDK names the header with its value").doesNotContain("lzr_");
    assertNothingSecretWasSent();
    assertThat(String.join("\n", got)).doesNotContain("ghp_");
  }

  @Test
  void passphraseIsNotSentOverTcpEvenToTheGateItself() throws Exception {
    Process gate = gate();
    URI url = URI.create(line(gate, "listening on "));
    cli.environment.put("LAZARET_PASSPHRASE", PASSPHRASE);

    CliFixture.Ran ran =
        cli.run(
            "bundle",
            "export",
            folder.toString(),
            "--keys",
            folder.toString(),
            "--server",
            "http://127.0.0.1:" + url.getPort());

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot send a passphrase").doesNotContain(PASSPHRASE);
    CliFixture.Ran over =
        cli.run("bundle", "export", folder.toString(), "--keys", folder.toString());
    assertThat(over.err()).as("over the socket it is asked").doesNotContain("cannot send");
    end(gate);
    assertThat(Files.readString(data.resolve("access.log")))
        .contains("/desk/v1/bundles/export")
        .contains("\"address\":\"uid:");
  }

  private UserPrincipal nobody() throws IOException {
    return data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
  }

  private CliFixture.Ran statusWithToken() throws IOException {
    Files.writeString(data.resolve("admin-token"), TOKEN + "\n");
    return cli.run("status");
  }

  @Test
  void socketOfAnotherUserGetsNoToken() throws Exception {
    assumeTrue(isRoot(), "needs root, to be two users");
    Path socket = data.resolve("desk.sock");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Files.setOwner(socket, nobody());

      CliFixture.Ran ran = statusWithToken();

      assertThat(ran.exit()).isEqualTo(3);
      assertThat(ran.err()).contains("expected a socket of 'root'", "found one of 'nobody'");
      listener.configureBlocking(false);
      assertThat(listener.accept()).as("connections").isNull();
    }
  }

  @Test
  void listenerOfAnotherUserBehindTheOwnersSocketGetsNoToken() throws Exception {
    assumeTrue(isRoot(), "needs root, to be two users");
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setOwner(open, nobody());
    Path squatted = open.resolve("s");
    Process squatter = start(true, PortSquatter.class.getName(), squatted.toString());
    assertThat(line(squatter, "squats")).isEmpty();
    Files.setOwner(squatted, Files.getOwner(data));
    Files.setOwner(open, Files.getOwner(data));
    cli.environment.put("LAZARET_SERVER_SOCKET", squatted.toString());

    CliFixture.Ran ran = statusWithToken();

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("found one that 'nobody' runs").doesNotContain(TOKEN);
  }

  @Test
  void socketInAFolderThatOthersCanWriteGetsNoToken() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path socket = open.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      cli.environment.put("LAZARET_SERVER_SOCKET", socket.toString());

      assertThat(statusWithToken().err())
          .contains("expected folders that other users cannot write");
    }
  }

  @Test
  void fileLinkAndFifoInPlaceOfTheSocketAreNamed() throws Exception {
    Path socket = data.resolve("desk.sock");
    Files.writeString(socket, "");
    assertThat(statusWithToken().err()).contains("found a regular file");
    Files.delete(socket);
    Files.createSymbolicLink(socket, folder.resolve("other"));
    assertThat(statusWithToken().err()).contains("found a symbolic link");
    Files.delete(socket);
    Process fifo = new ProcessBuilder("mkfifo", socket.toString()).start();
    assertThat(fifo.waitFor()).isZero();
    assertThat(statusWithToken().err()).contains("found a FIFO");
  }

  @Test
  void socketOfADeadServerIsNamed() throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(data.resolve("desk.sock")));
    }

    CliFixture.Ran ran = statusWithToken();

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("does not answer", "start the server (systemctl start lazaret");
  }

  @Test
  void secretsShowInNoText() {
    ServerAddress gateway =
        new ServerAddress(
            new GateAddress.Web("http://127.0.0.1:1"), new Secret(TOKEN), "look again");

    assertThat(gateway + " " + new Secret(TOKEN) + " " + new ClearConnector(gateway))
        .doesNotContain("lzr_");
  }
}
