package lazaret.e2e.tufclient;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.RoleRule;
import lazaret.bundle.tuf.Roles;
import lazaret.bundle.tuf.Target;
import lazaret.bundle.tuf.TrustStore;
import lazaret.bundle.tuf.TrustedMetadata;
import lazaret.bundle.tuf.TufClient;
import lazaret.vetting.Bytes;

/// The program by which the public TUF conformance suite drives a client. Its commands are `init`,
/// `refresh` and `download` (tuf-conformance, *CLIENT-CLI*). The exit code is 0, or 1 with the
/// reason on standard error.
public final class Main {
  private static final long MOST_TARGET = 64 << 20;

  private final Map<String, String> options = new HashMap<>();
  private final List<String> targetNames = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private Main(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--target-name")) {
        targetNames.add(arguments[++i]);
      } else if (argument.startsWith("--")) {
        options.put(argument, arguments[++i]);
      } else {
        words.add(argument);
      }
    }
  }

  /// Runs one command.
  public static void main(String[] arguments) {
    try {
      new Main(arguments).run();
    } catch (BundleException e) {
      System.err.println(e.reason().code() + ": " + e.getMessage());
      System.exit(1);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      System.err.println("failed: " + e);
      System.exit(1);
    }
  }

  private void run() throws IOException {
    var store = new FolderTrustStore(Path.of(option("--metadata-dir")));
    switch (words.getFirst()) {
      case "init" -> {
        Bytes root = Bytes.of(Files.readAllBytes(Path.of(words.get(1))));
        // An unusable root is refused here, because a stored one would make every later refresh
        // fail.
        new TrustedMetadata(root, Clock.systemUTC().instant(), RoleRule.NONE);
        store.write(Roles.ROOT, root);
      }
      case "refresh" -> {
        try (var metadata = new HttpSource(option("--metadata-url"))) {
          TufClient.refreshed(store, metadata, Clock.systemUTC());
        }
      }
      case "download" -> download(store);
      default -> throw new IllegalArgumentException("expected init, refresh or download");
    }
  }

  private void download(TrustStore store) throws IOException {
    try (var metadata = new HttpSource(option("--metadata-url"));
        var targets = new HttpSource(option("--target-base-url"))) {
      TufClient client = TufClient.refreshed(store, metadata, Clock.systemUTC());
      for (String name : targetNames) {
        download(client, targets, name);
      }
    }
  }

  private void download(TufClient client, HttpSource targets, String name) throws IOException {
    Target target =
        client
            .find(name)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.TARGET_UNKNOWN, "no trusted role names '" + name + "'"));
    Path folder = Path.of(option("--target-dir"));
    Path file = folder.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8));
    if (Files.exists(file) && isTarget(target, Bytes.of(Files.readAllBytes(file)))) {
      return;
    }
    Bytes bytes = fetch(target, targets);
    target.check(bytes);
    Path part = folder.resolve(".part");
    Files.write(part, bytes.array());
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Bytes fetch(Target target, HttpSource targets) throws IOException {
    for (String place : target.paths()) {
      Optional<Bytes> bytes = targets.fetchTarget(place, Math.min(target.length(), MOST_TARGET));
      if (bytes.isPresent()) {
        return bytes.get();
      }
    }
    throw new BundleException(
        BundleCode.TARGET_UNKNOWN, "the repository does not have '" + target.path() + "'");
  }

  private static boolean isTarget(Target target, Bytes bytes) {
    try {
      target.check(bytes);
      return true;
    } catch (BundleException _) {
      return false;
    }
  }

  private String option(String name) {
    return Optional.ofNullable(options.get(name))
        .orElseThrow(() -> new IllegalArgumentException("expected " + name));
  }
}
