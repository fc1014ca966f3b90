package lazaret.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bench.Launcher.Mirror;
import lazaret.bundle.keys.KeyFile;
import lazaret.storage.files.DataFolderFiles;

/// A key of signed inspection results, and the settings of mirrors that sign and use them.
///
/// @param folder the folder with the key and its passphrase
record ResultKeys(Path folder) {
  private static final String SECRET = "a passphrase for measurements";

  /// The maximum number of pauses of 100 ms until results arrive.
  private static final int PAUSES = 600;

  /// Makes a key.
  static ResultKeys make(Path folder) {
    try {
      Files.createDirectories(folder);
      KeyFile.create(KeyFile.DECISIONS, SECRET.toCharArray(), new SecureRandom()).write(folder);
      Files.writeString(folder.resolve("passphrase"), SECRET);
      return new ResultKeys(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a key in " + folder, e);
    }
  }

  /// Returns the lines of the configuration of a mirror that signs.
  String[] signing() {
    return new String[] {
      "[results]",
      "sign-key = \"" + folder.resolve(KeyFile.DECISIONS + KeyFile.SUFFIX) + "\"",
      "passphrase-file = \"" + folder.resolve("passphrase") + "\""
    };
  }

  /// Waits until a mirror has published its results, and returns how others use them.
  Following following(Server signing, Mirror origin) {
    long lines = 0;
    for (int i = 0; i < PAUSES; i++) {
      long now = number(signing, origin, "published");
      // A pass of the mirror publishes all at once.
      if (now > 0 && now == lines) {
        return new Following(signing.at("/site/results"), folder, now);
      }
      lines = now;
      Launcher.pause(1_000);
    }
    throw new IllegalStateException("the mirror at " + signing.url() + " publishes no results");
  }

  /// How a mirror uses results.
  ///
  /// @param address the address of the feed
  /// @param keys the folder with the public key
  /// @param lines the number of lines of the feed
  record Following(String address, Path keys, long lines) {
    /// Returns the lines of the configuration.
    String[] config() {
      return new String[] {
        "private-hosts = [\"127.0.0.1\"]",
        "[results]",
        "sources = [\"origin=" + address + "\"]",
        "keys = \"" + keys + "\"",
        "verify-percent = 0",
        "refresh = \"1s\""
      };
    }

    /// Waits until a mirror has all lines.
    void await(Server mirror, Mirror settings) {
      for (int i = 0; i < PAUSES; i++) {
        if (number(mirror, settings, "lines") >= lines) {
          return;
        }
        Launcher.pause(100);
      }
      throw new IllegalStateException("no results arrive at " + mirror.url());
    }

    /// Returns the number of results that a mirror used.
    ///
    /// @throws IllegalStateException if it used none: then its own inspections were measured
    long used(Server mirror, Mirror settings) {
      long used = number(mirror, settings, "used");
      if (used == 0) {
        throw new IllegalStateException("no result was used at " + mirror.url());
      }
      return used;
    }
  }

  /// Returns the first number with a name in the state of results; 0 if there is none.
  private static long number(Server mirror, Mirror settings, String name) {
    try {
      String token = Files.readString(settings.data().resolve(DataFolderFiles.ADMIN_TOKEN)).strip();
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(mirror.at("/desk/v1/results")).toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + token);
      try (var in = connection.getInputStream()) {
        String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = Pattern.compile('"' + name + "\":(\\d+)").matcher(reply);
        return found.find() ? Long.parseLong(found.group(1)) : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the state of results", e);
    }
  }
}
