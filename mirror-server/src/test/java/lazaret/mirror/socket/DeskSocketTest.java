package lazaret.mirror.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.mirror.TestServer;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The unix socket of a real server: the users who may connect, and the files that may be in its
/// place.
class DeskSocketTest {
  @TempDir Path folder;
  private Path data;
  private Path socket;

  @BeforeEach
  void makeDataFolder() throws IOException {
    data =
        Files.createDirectory(
            folder.resolve("data"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    socket = data.resolve("desk.sock");
  }

  private TestServer start(String... variables) {
    Map<String, String> map = variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1]);
    return new TestServer(data, map);
  }

  private static SocketChannel connect(Path socket) throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  /// Sends one request and reads until the server ends the connection.
  private static String ask(Path socket, String path, String... headers) throws IOException {
    try (SocketChannel channel = connect(socket)) {
      String head =
          "GET %s HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n%s\r\n"
              .formatted(path, Stream.of(headers).map(h -> h + "\r\n").reduce("", String::concat));
      ByteBuffer out = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
      while (out.hasRemaining()) {
        channel.write(out);
      }
      StringBuilder answer = new StringBuilder();
      ByteBuffer in = ByteBuffer.allocate(8192);
      while (channel.read(in) >= 0) {
        answer.append(StandardCharsets.UTF_8.decode(in.flip()));
        in.clear();
      }
      return answer.toString();
    }
  }

  private static boolean isRoot() throws IOException {
    return SocketFile.self().getName().equals("root");
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + List.of(command));
    }
    return process.exitValue();
  }

  @Test
  void answersOverTheSocketAndLogsTheUser() throws Exception {
    try (TestServer server = start()) {
      String token = server.token("ann", DeskRole.ADMIN);

      String answer = ask(socket, "/desk/v1/status", "Authorization: Bearer " + token);

      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"version\"");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
      assertThat(ask(socket, "/desk/v1/status")).startsWith("HTTP/1.1 401");
    }
    String log = Files.readString(data.resolve("access.log"));
    assertThat(log)
        .contains("\"address\":\"uid:" + uidOfSelf() + "\"")
        .contains("\"token\":\"ann\"");
    assertThat(socket).as("removed at the end").doesNotExist();
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith(".d"));
    }
  }

  private static Object uidOfSelf() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  @Test
  void staleSocketOfAKilledServerIsReplaced() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(SocketFile.exists(socket)).isTrue();

    try (TestServer _ = start()) {
      assertThat(ask(socket, "/health/live")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void socketThatAnotherProgramListensOnIsRefused() throws Exception {
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket));

      assertThatThrownBy(this::start)
          .isInstanceOf(DeskSocketException.class)
          .hasMessageContaining("found a program that listens there");
    }
    assertThat(SocketFile.exists(socket)).as("not touched").isTrue();
  }

  @Test
  void regularFileInPlaceOfTheSocketIsRefused() throws Exception {
    Files.writeString(socket, "dear");

    assertThatThrownBy(this::start).hasMessageContaining("found a regular file");
    assertThat(socket).hasContent("dear");
  }

  @Test
  void fifoInPlaceOfTheSocketIsRefused() throws Exception {
    assertThat(run("mkfifo", socket.toString())).isZero();

    assertThatThrownBy(this::start).hasMessageContaining("found a FIFO");
  }

  @Test
  void linkInPlaceOfTheSocketIsRefused() throws Exception {
    Path elsewhere = folder.resolve("other.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(elsewhere));
      Files.createSymbolicLink(socket, elsewhere);

      assertThatThrownBy(this::start).hasMessageContaining("found a symbolic link");
      assertThat(Files.isSymbolicLink(socket)).isTrue();
    }
  }

  @Test
  void socketOfAnotherUserIsRefused() throws Exception {
    assumeTrue(isRoot(), "needs root, to give a socket to another user");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    UserPrincipal other =
        socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
    Files.setOwner(socket, other);

    assertThatThrownBy(this::start).hasMessageContaining("expected a socket of 'root'");
    assertThat(Files.getOwner(socket, LinkOption.NOFOLLOW_LINKS)).isEqualTo(other);
  }

  /// Root without capabilities cannot enter a folder of another user, and reads the class path.
  @Test
  void dataFolderBelowAClosedFolderHasTheOwnerOfThatFolder() throws Exception {
    assumeTrue(isRoot(), "needs root, to give folders to another user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    Path path = folder.resolve("s");
    try (ServerSocketChannel gate = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gate.bind(UnixDomainSocketAddress.of(path));
      Path closed = Files.createDirectory(folder.resolve("state"));
      Path inner = Files.createDirectory(closed.resolve("data"));
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      assertThat(ofOthers(path, inner)).isEqualTo("accepted");
      UserPrincipal other =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
      for (Path given : List.of(path, inner, closed)) {
        Files.setOwner(given, other);
      }

      assertThat(ofOthers(path, inner)).isEqualTo("accepted");
      assertThat(ofOthers(path, closed.resolve("a/b/c"))).isEqualTo("accepted");
      assertThat(ofOthers(path, folder.resolve("absent")))
          .contains("expected a socket of 'root', found one of");
    }
  }

  private static String ofOthers(Path socket, Path data) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Check.class.getName(), socket.toString(), data.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return text.strip();
  }

  /// A process that checks a socket.
  static final class Check {
    private Check() {}

    /// Prints the result.
    public static void main(String[] arguments) {
      try {
        SocketFile.check(Path.of(arguments[0]), SocketFile.owners(Path.of(arguments[1])));
        System.out.println("accepted");
      } catch (DeskSocketException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void folderThatOthersCanWriteIsRefused() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> start("LAZARET_SERVER_SOCKET", open.resolve("s").toString()))
        .hasMessageContaining("writable by no other");
    try (Stream<Path> left = Files.list(open)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void groupThatCannotEnterTheFolderIsRefused() throws Exception {
    String group =
        Files.readAttributes(data, java.nio.file.attribute.PosixFileAttributes.class)
            .group()
            .getName();

    assertThatThrownBy(() -> start("LAZARET_SERVER_SOCKET_GROUP", group))
        .hasMessageContaining("expected a folder that the group '" + group + "' may enter")
        .hasMessageContaining("server.socket");
  }

  @Test
  void namedGroupGetsTheSocket() throws Exception {
    assumeTrue(isRoot(), "needs root, to give a socket to another group");
    Path runtime = Files.createDirectory(folder.resolve("run"));
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path path = runtime.resolve("desk.sock");
    Map<String, String> variables =
        Map.of("RUNTIME_DIRECTORY", runtime.toString(), "LAZARET_SERVER_SOCKET_GROUP", "daemon");

    try (TestServer _ = new TestServer(data, variables)) {
      assertThat(
              Files.readAttributes(path, java.nio.file.attribute.PosixFileAttributes.class)
                  .group()
                  .getName())
          .isEqualTo("daemon");
      assertThat(ask(path, "/health/live")).startsWith("HTTP/1.1 200");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void groupThatDoesNotExistIsNamed() throws Exception {
    Path runtime = Files.createDirectory(folder.resolve("run"));
    Map<String, String> variables =
        Map.of(
            "LAZARET_SERVER_SOCKET",
            runtime.resolve("s").toString(),
            "LAZARET_SERVER_SOCKET_GROUP",
            "no-such-group");

    assertThatThrownBy(() -> new TestServer(data, variables))
        .hasMessageContaining("there is no group 'no-such-group'");
  }

  @Test
  void pathThatIsTooLongIsLeftOutOrRefused() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("x".repeat(110)));
    Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("rwx------"));

    try (TestServer server = new TestServer(deep, Map.of())) {
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(deep.resolve("desk.sock")).doesNotExist();
    }
    assertThatThrownBy(() -> start("LAZARET_SERVER_SOCKET", deep.resolve("desk.sock").toString()))
        .hasMessageContaining("expected at most 106 bytes");
  }

  @Test
  void oneUserCannotTakeEveryConnection() throws Exception {
    try (TestServer _ = start()) {
      List<SocketChannel> held = new ArrayList<>();
      for (int i = 0; i < SocketPeers.MAX_OF_ONE_USER; i++) {
        held.add(connect(socket));
      }
      try (SocketChannel more = connect(socket)) {
        assertThat(more.read(ByteBuffer.allocate(1))).as("closed at once").isNegative();
      }
      for (SocketChannel channel : held) {
        channel.close();
      }
      assertThat(untilAnswered(socket)).startsWith("HTTP/1.1 200");
    }
  }

  /// A client that takes every file descriptor of the server ends the accept loop of the HTTP
  /// library.
  @Test
  void socketOpensAgainOnceThereAreFileDescriptors() throws Exception {
    assumeTrue(Boolean.getBoolean("lazaret.all"), "takes half a minute");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
    Files.createDirectories(folder.resolve("upstream/index"));
    List<String> command = new ArrayList<>(List.of("prlimit", "--nofile=400:400"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "lazaret.mirror.Main"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--data-dir", data.toString()));
    command.addAll(List.of("--upstream", folder.resolve("upstream").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("stderr").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAZARET_"));
    Process process = builder.start();
    List<SocketChannel> held = new ArrayList<>();
    try (var out = process.inputReader()) {
      String line = out.readLine();
      int port = Integer.parseInt(line.replaceAll(".*:(\\d+)/$", "$1"));
      // A class that cannot be loaded for lack of a descriptor is never loaded again.
      assertThat(ask(socket, "/health/live")).startsWith("HTTP/1.1 200");
      for (int i = 0; i < 400; i++) {
        held.add(
            SocketChannel.open(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)));
      }
      try (SocketChannel none = connect(socket)) {
        assertThat(none.isConnected()).isTrue();
      }
      // Long enough for the accept loop to reach the limit.
      Thread.sleep(2_000);
      for (SocketChannel channel : held) {
        channel.close();
      }

      assertThat(untilAnswered(socket)).startsWith("HTTP/1.1 200");
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String untilAnswered(Path socket) throws Exception {
    String answer = "";
    for (int i = 0; i < 1_500 && answer.isEmpty(); i++) {
      try {
        answer = ask(socket, "/health/live");
      } catch (IOException _) {
        Thread.sleep(30);
      }
    }
    return answer;
  }
}
