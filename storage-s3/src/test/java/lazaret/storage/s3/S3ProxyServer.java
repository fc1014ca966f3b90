package lazaret.storage.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// S3Proxy with its store in files. Maven fetches its libraries of 43 MB once.
///
/// Source: the wiki of S3Proxy, *Storage backend examples*.
public final class S3ProxyServer {
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";
  private static final Path MODULE =
      Path.of(System.getProperty("lazaret.root", ".."), "storage-s3").toAbsolutePath();

  private static final String PROPERTIES =
      """
      s3proxy.authorization=aws-v2-or-v4
      s3proxy.endpoint=http://127.0.0.1:PORT
      s3proxy.identity=ID
      s3proxy.credential=SECRET
      jclouds.provider=filesystem-nio2
      jclouds.filesystem.basedir=DATA
      jclouds.identity=identity
      jclouds.credential=credential
      """;

  private static final String LOGGING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %level %logger{20} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private S3ProxyServer() {}

  /// Starts the server. The test is skipped, with the reason, if its libraries cannot be fetched.
  ///
  /// @param folder an empty folder
  /// @throws AssertionError if it does not start
  public static ObjectServer start(Path folder) {
    try {
      Path libraries = libraries();
      int port = ObjectServer.freePort();
      Path data = Files.createDirectories(folder.resolve("data"));
      Path properties =
          Files.writeString(
              folder.resolve("s3proxy.properties"),
              PROPERTIES
                  .replace("PORT", Integer.toString(port))
                  .replace("ID", ObjectServer.KEY_ID)
                  .replace("SECRET", ObjectServer.SECRET)
                  .replace("DATA", data.toString()));
      Path logging = Files.writeString(folder.resolve("logback.xml"), LOGGING);
      return ObjectServer.start(
          folder,
          port,
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-Xmx256m",
              "-Dlogback.configurationFile=" + logging,
              "-cp",
              libraries + "/*",
              "org.gaul.s3proxy.Main",
              "--properties",
              properties.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start S3Proxy", e);
    }
  }

  /// Returns the folder of the libraries, which one process at a time fills.
  private static Path libraries() throws IOException {
    Path target = Files.createDirectories(MODULE.resolve("target"));
    Path folder = target.resolve("s3proxy");
    Path complete = folder.resolve("complete");
    try (FileChannel channel =
            FileChannel.open(
                target.resolve("s3proxy.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(complete)) {
        fetch(folder);
        Files.createFile(complete);
      }
    }
    return folder;
  }

  private static void fetch(Path folder) throws IOException {
    Optional<Path> maven = ObjectServer.program("mvn");
    assumeTrue(maven.isPresent(), "there is no mvn in the search path, to fetch S3Proxy");
    ProcessBuilder builder =
        new ProcessBuilder(
                maven.orElseThrow().toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                MODULE.resolve("src/test/s3proxy/pom.xml").toString(),
                COPY,
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + folder)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      boolean fetched = process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
      process.destroy();
      assumeTrue(fetched, "Maven cannot fetch S3Proxy");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
