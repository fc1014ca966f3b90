package lazaret.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A project of hostile crates, on a machine with secrets and with listeners that record
/// connections.
///
/// @param folder a scratch folder
/// @param canary the value that builds must not obtain
/// @param heard the number of connections to the listeners
public record ProbeYard(
    Path folder, String canary, AtomicInteger heard, List<AutoCloseable> listeners)
    implements AutoCloseable {
  private static final String NONE = "";

  /// The result of one attempt of a probe.
  ///
  /// @param probe the crate
  /// @param outcome `reached`, `denied` or `printed`
  /// @param name the attempted action
  /// @param seen the observed result
  public record Attempt(String probe, String outcome, String name, String seen) {}

  /// Creates a yard.
  public static ProbeYard lay() {
    Path folder = WorkFolder.folder("probes");
    String canary = "LAZARET-CANARY-" + Long.toHexString(new Random().nextLong());
    var yard = new ProbeYard(folder, canary, new AtomicInteger(), new ArrayList<>());
    try {
      yard.copy(sources(), yard.project());
      yard.secrets();
      Files.writeString(yard.project().resolve("targets.txt"), yard.listen());
      yard.open();
      return yard;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay out the probes", e);
    }
  }

  /// Returns the folder with the sources of the probes.
  public static Path sources() {
    return Machine.root().resolve("testkit/probes");
  }

  public Path project() {
    return folder.resolve("project");
  }

  /// Returns the home folder of the user who builds, which contains credentials.
  public Path home() {
    return folder.resolve("home");
  }

  public Path target() {
    return folder.resolve("target");
  }

  private void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  private void secrets() throws IOException {
    for (String name :
        List.of(
            ".ssh/id_ed25519",
            ".aws/credentials",
            ".netrc",
            ".git-credentials",
            ".docker/config.json")) {
      put(home().resolve(name), canary + "\n");
    }
    put(home().resolve(".cargo/credentials.toml"), "# " + canary + "\n");
    put(project().resolve(".env"), "TOKEN=" + canary + "\n");
    put(project().resolve(".git/config"), "# " + canary + "\n");
    // Each of these settings, if accepted, would run a program of the attacker or use another host.
    put(
        project().resolve(".cargo/config.toml"),
        """
        # %s
        [build]
        rustc-wrapper = "%s"
        [source.crates-io]
        replace-with = "evil"
        [source.evil]
        registry = "sparse+http://127.0.0.1:1/"
        """
            .formatted(canary, wrapper()));
    put(wrapper(), "#!/bin/sh\necho ran >> " + folder.resolve("wrapper-ran") + "\nexec \"$@\"\n");
    Files.setPosixFilePermissions(wrapper(), PosixFilePermissions.fromString("rwxr-xr-x"));
    put(folder.resolve("marker"), canary + "\n");
    Files.createDirectories(target());
  }

  private Path wrapper() {
    return project().resolve("wrapper.sh");
  }

  private static void put(Path file, String text) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  /// Opens listeners on this machine and returns their description for the probes.
  private String listen() throws IOException {
    var tcp = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    var udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Path agent = folder.resolve("agent.sock");
    var unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    unix.bind(UnixDomainSocketAddress.of(agent));
    listeners.addAll(List.of(tcp, udp, unix));
    inProject();
    hear(() -> tcp.accept().close());
    hear(() -> udp.receive(new java.net.DatagramPacket(new byte[64], 64)));
    hear(() -> unix.accept().close());
    String hidden = "lazaret-" + Long.toHexString(new Random().nextLong());
    hearAbstract(hidden);
    return """
        home=%s
        marker=%s
        ran=%s
        tcp=%d
        udp=%d
        abstract=%s
        agent=%s
        key=lazaret-probe-key
        """
        .formatted(
            home(),
            folder.resolve("marker"),
            folder.resolve("planted-ran"),
            tcp.getLocalPort(),
            udp.getLocalPort(),
            hidden,
            agent);
  }

  /// Creates listeners that a developer's tools leave in a project: a stream socket, a datagram
  /// socket and a FIFO. The JDK has no datagram sockets with a file.
  private void inProject() throws IOException {
    Path dev = Files.createDirectories(project().resolve("dev"));
    var stream = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    stream.bind(UnixDomainSocketAddress.of(dev.resolve("stream.sock")));
    listeners.add(stream);
    hear(() -> stream.accept().close());
    String receive =
        "use POSIX; my $s; socket($s, PF_UNIX, SOCK_DGRAM, 0) and bind($s, pack_sockaddr_un(\"$ARGV[0]/datagram.sock\"))"
            + " or die $!; mkfifo(\"$ARGV[0]/pipe\", 0666); $| = 1; print \"listening\\n\";"
            + " while (defined recv($s, my $m, 64, 0)) { print \"visit\\n\" }";
    hearOutput(new ProcessBuilder("perl", "-MSocket", "-e", receive, dev.toString()).start());
    String read =
        "$| = 1; print \"listening\\n\"; open(my $f, '<', $ARGV[0]); print \"visit\\n\"; sleep 1e6";
    hearOutput(new ProcessBuilder("perl", "-e", read, dev.resolve("pipe").toString()).start());
  }

  /// Creates a listener without a file, in the network namespace of the machine. The JDK cannot
  /// open one.
  private void hearAbstract(String name) throws IOException {
    String listen =
        "my $s; socket($s, PF_UNIX, SOCK_STREAM, 0) and bind($s, pack_sockaddr_un(\"\\0$ARGV[0]\"))"
            + " and listen($s, 9) or die $!; $| = 1; print \"listening\\n\";"
            + " while (accept(my $c, $s)) { print \"visit\\n\" }";
    hearOutput(new ProcessBuilder("perl", "-MSocket", "-e", listen, name).start());
  }

  /// Counts the lines of a program after its first one, `listening`.
  private void hearOutput(Process perl) throws IOException {
    listeners.add(perl::destroyForcibly);
    BufferedReader said = perl.inputReader();
    if (!"listening".equals(said.readLine())) {
      throw new IOException("perl does not listen");
    }
    hear(
        () -> {
          if (said.readLine() == null) {
            throw new IOException("closed");
          }
        });
  }

  /// The wait for one connection to a listener.
  private interface Visit {
    void take() throws IOException;
  }

  private void hear(Visit visit) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  visit.take();
                  heard.incrementAndGet();
                }
              } catch (IOException _) {
                // Closed at the end of the test.
              }
            });
  }

  /// Makes the yard readable for all users of the machine, so that only the sandbox can stop a
  /// build.
  private void open() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        boolean runs = Files.isDirectory(file) || Files.isExecutable(file);
        boolean isSpecial = !runs && !Files.isRegularFile(file);
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(
                isSpecial ? "rw-rw-rw-" : runs ? "rwxr-xr-x" : "rw-r--r--"));
      }
      Path scratch = folder.getParent();
      if (scratch != null) {
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  /// Returns the digest of every file of the project by its path. The value of a link is its
  /// target.
  public Map<String, String> projectFiles() {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(project())) {
      for (Path file : files.toList()) {
        String path = project().relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          found.put(path, "-> " + Files.readSymbolicLink(file));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.put(path, digest(Files.readAllBytes(file)));
        } else {
          found.put(path, NONE);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads the records of the probes below a target folder.
  public static List<Attempt> attempts(Path target) {
    List<Attempt> attempts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(f -> f.endsWith("attempts.tsv")).toList()) {
        // .../build/NAME-HASH/out/attempts.tsv
        String folder = file.getName(file.getNameCount() - 3).toString();
        String probe = folder.substring(0, folder.lastIndexOf('-'));
        for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
          String[] cells = line.split("\t", 3);
          attempts.add(new Attempt(probe, cells[0], cells[1], cells.length > 2 ? cells[2] : NONE));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return attempts;
  }

  @Override
  public void close() {
    for (AutoCloseable listener : listeners) {
      try {
        listener.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot close a listener", e);
      }
    }
    WorkFolder.delete(folder);
  }
}
