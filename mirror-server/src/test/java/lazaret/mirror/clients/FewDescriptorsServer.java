package lazaret.mirror.clients;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestServer;

/// A server in a process of its own that may open 256 files. Its standard input accepts `exhaust`,
/// which opens files until no descriptor is left, and `release`.
final class FewDescriptorsServer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final StringBuilder log = new StringBuilder();
  private final int port;

  FewDescriptorsServer(Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 256; exec \"$0\" \"$@\"",
                java,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FewDescriptorsServer.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(await("port "));
  }

  int port() {
    return port;
  }

  /// Returns all log lines until now.
  String log() {
    return log.toString();
  }

  /// Sends a command and waits until it was executed.
  void command(String word) throws IOException {
    process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    await("done " + word);
  }

  private String await(String beginning) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      log.append(line).append('\n');
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
    }
    throw new AssertionError("the server ended:\n" + log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// Runs the server.
  public static void main(String[] arguments) throws IOException {
    TestServer server = new TestServer(Path.of(arguments[0]), Map.of());
    server.gate.publish("alpha", "1.0.0", 100);
    server.get("/health/live");
    System.out.println("port " + server.port());
    List<InputStream> taken = new ArrayList<>();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("exhaust")) {
        exhaust(taken);
      } else {
        for (InputStream one : taken) {
          one.close();
        }
        taken.clear();
      }
      System.out.println("done " + line);
    }
    System.exit(0);
  }

  private static void exhaust(List<InputStream> taken) {
    while (true) {
      try {
        taken.add(new FileInputStream(new File("/dev/null")));
      } catch (IOException _) {
        return;
      }
    }
  }
}
