package lazaret.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A launcher of the compared servers. All their files are below the working folder.
final class Launcher {
  private static final String LISTENING = "listening on ";

  private final Path repository;
  private final Path work;
  private int started;

  Launcher(Path repository, Path work) {
    this.repository = repository;
    this.work = work;
  }

  /// The protocols that nginx is started with.
  enum Protocol {
    HTTP_1,
    H2C,
    TLS
  }

  /// A certificate for loopback, made for this run.
  ///
  /// @param chain file of the certificate, PEM
  /// @param key file of the key, PEM, PKCS #8
  record Certificate(Path chain, Path key) {}

  Certificate certificate() {
    var made = new Certificate(work.resolve("certificate.pem"), work.resolve("key.pem"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
    command.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"));
    command.addAll(List.of("-subj", "/CN=localhost"));
    command.addAll(List.of("-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"));
    command.addAll(List.of("-keyout", made.key().toString(), "-out", made.chain().toString()));
    var _ = Tool.run(Duration.ofSeconds(30), command);
    return made;
  }

  /// Starts nginx for a folder: two workers, sendfile, cached open files, no access log.
  ///
  /// @param more lines for the `server` block
  Server nginx(Protocol protocol, Path root, String... more) {
    int port = Server.freePort();
    Path folder = folder("nginx-" + protocol);
    Path config = folder.resolve("nginx.conf");
    try {
      Files.writeString(config, nginxConfig(protocol, port, root, List.of(more)));
      Process process =
          new ProcessBuilder(
                  "nginx", "-p", folder.toString(), "-c", config.toString(), "-e", "stderr")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("nginx.log").toFile())
              .start();
      var server =
          new Server(
              process,
              (protocol == Protocol.TLS ? "https" : "http") + "://127.0.0.1:" + port + "/",
              false);
      awaitPort(process, port, folder.resolve("nginx.log"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start nginx", e);
    }
  }

  private String nginxConfig(Protocol protocol, int port, Path root, List<String> more) {
    List<String> lines = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // Otherwise the workers change to a user who cannot read the temporary folder.
      lines.add("user root;");
    }
    lines.addAll(
        List.of(
            "daemon off; worker_processes 2; pid nginx.pid;",
            "events { worker_connections 1024; }",
            "http {",
            "access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; server_tokens off;",
            "keepalive_timeout 120; keepalive_requests 1000000000;",
            "open_file_cache max=20000 inactive=10m; open_file_cache_valid 10m;",
            "client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;",
            "uwsgi_temp_path uwsgi; scgi_temp_path scgi;",
            "default_type text/plain; gzip_vary on;",
            "server {",
            "listen 127.0.0.1:" + port + (protocol == Protocol.TLS ? " ssl" : "") + " reuseport;"));
    if (protocol != Protocol.HTTP_1) {
      lines.add("http2 on; http2_max_concurrent_streams 256;");
    }
    if (protocol == Protocol.TLS) {
      lines.add("ssl_certificate " + work.resolve("certificate.pem") + ";");
      lines.add("ssl_certificate_key " + work.resolve("key.pem") + ";");
      lines.add("ssl_protocols TLSv1.3;");
    }
    lines.add("root " + root + ";");
    lines.add("location /index/ { gzip_static on; }");
    more.forEach(line -> lines.add(line.replace("$PORT", Integer.toString(port))));
    lines.add("} }");
    return String.join("\n", lines) + "\n";
  }

  private static void awaitPort(Process process, int port, Path log) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (var _ = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException _) {
        pause(5);
      }
    }
    throw new IllegalStateException("nginx does not answer:\n" + Files.readString(log));
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted");
    }
  }

  /// The settings of a mirror.
  ///
  /// @param upstream a folder or an address
  /// @param data data folder
  /// @param config lines of its configuration
  /// @param aot whether the AOT cache is used
  record Mirror(String upstream, Path data, List<String> config, boolean aot) {
    private static final String TRACES = "[traces]";

    /// Returns the shipped defaults without access log and without a budget towards upstream. nginx
    /// writes no log either, and the budget would determine the measurement.
    static Mirror of(String upstream, Path data) {
      return new Mirror(
          upstream,
          data,
          List.of("[access-log]", "file = \"off\"", "[fetch]", "requests-per-second = 0"),
          true);
    }

    Mirror with(String... lines) {
      List<String> all = new ArrayList<>(config);
      all.addAll(List.of(lines));
      return new Mirror(upstream, data, List.copyOf(all), aot);
    }

    /// Returns a mirror with the module `tracing`.
    ///
    /// @param receiver address of the receiver
    /// @param percent share of the traces that begin here
    Mirror traced(String receiver, int percent) {
      return with(TRACES, "endpoint = \"" + receiver + "\"", "percent = " + percent);
    }

    boolean hasTraces() {
      return config.contains(TRACES);
    }

    Mirror withAot(boolean on) {
      return new Mirror(upstream, data, config, on);
    }
  }

  /// Returns the start script of a program.
  Path program(String name) {
    return repository.resolve("bin").resolve(name);
  }

  private Process launch(Mirror mirror) {
    Path folder = folder("mirror");
    Path config = folder.resolve("mirror.toml");
    try {
      Files.writeString(config, String.join("\n", mirror.config()) + "\n");
      var builder =
          new ProcessBuilder(
                  program("mirror-server").toString(),
                  "--config=" + config,
                  "--data-dir=" + mirror.data(),
                  "--listen=127.0.0.1:0",
                  "--upstream=" + mirror.upstream())
              .redirectInput(new File("/dev/null"))
              .redirectError(folder.resolve("mirror.log").toFile());
      Tool.withoutProxies(builder.environment());
      builder.environment().put("LAZARET_AOT", mirror.aot() ? "on" : "off");
      if (mirror.hasTraces()) {
        Path plugins = repository.resolve("tracing").resolve("target").resolve("plugins");
        builder.environment().put("LAZARET_PLUGINS", plugins.toString());
      }
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the mirror", e);
    }
  }

  /// Starts a mirror on a port that it chooses, and waits until it prints its address.
  ///
  /// @throws Server.EndedException if it ends before
  Server mirror(Mirror mirror) {
    Process process = launch(mirror);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(LISTENING)) {
          Thread.ofVirtual().start(() -> drain(out));
          return new Server(process, line.substring(LISTENING.length()).strip(), true);
        }
      }
      throw new Server.EndedException(
          "the mirror ended before it listened:\n"
              + Files.readString(work.resolve("mirror-" + started).resolve("mirror.log")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what the mirror says", e);
    }
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // Output after the start is ignored.
      }
    } catch (IOException _) {
      // The server ended.
    }
  }

  /// Returns the name of a new folder for a mirror's data. The mirror creates it, closed to other
  /// users.
  Path dataFolder() {
    return folder("store").resolve("data");
  }

  private Path folder(String name) {
    started++;
    try {
      return Files.createDirectories(
          work.resolve(name.toLowerCase(java.util.Locale.ROOT) + "-" + started));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + work, e);
    }
  }
}
