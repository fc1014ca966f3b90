package lazaret.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A channel of toolchains for tests, in the form that rustup installs. The programs of its
/// components are scripts that print their versions. Immutable.
///
/// Source: rustup 1.29, `src/dist/manifest.rs` and `src/dist/component/package.rs` (version 3 of
/// the installer).
public final class SyntheticChannel {
  /// The targets of the channel.
  public static final List<String> TARGETS =
      List.of("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu");

  private static final String PUBLIC = "https://static.rust-lang.org/";
  private static final List<String> COMPONENTS = List.of("rustc", "cargo", "rust-std");

  private final String version;
  private final LocalDate date;
  private final SortedMap<String, Bytes> files = new TreeMap<>();

  private SyntheticChannel(String version, LocalDate date) {
    this.version = version;
    this.date = date;
    for (String target : TARGETS) {
      for (String component : COMPONENTS) {
        files.put(path(component, target), component(component, target));
      }
    }
    files.put(path("rust-src", "*"), component("rust-src", "*"));
  }

  /// Makes a channel of a version of Rust.
  ///
  /// @param version such as `1.95.0`, which is the name of the channel, too
  /// @param signer signs the manifest at the begin of its date
  public static SyntheticChannel of(String version, LocalDate date, OpenPgpSigner signer) {
    SyntheticChannel channel = new SyntheticChannel(version, date);
    Bytes manifest = Bytes.utf8(channel.manifest());
    String path = channel.manifestPath();
    channel.files.put(path, manifest);
    channel.files.put(
        path + ".sha256",
        Bytes.utf8(Sha256.of(manifest).hex() + "  channel-rust-" + version + ".toml\n"));
    Instant at = Instant.parse(date + "T00:00:00Z");
    channel.files.put(path + ".asc", signer.sign(manifest, at));
    return channel;
  }

  /// Returns the path of the manifest.
  public String manifestPath() {
    return "dist/channel-rust-" + version + ".toml";
  }

  /// Returns the path of the file of a component.
  ///
  /// @param target `*` for a component that has one file for all targets
  public String path(String component, String target) {
    return "dist/%s/%s-%s%s.tar.gz"
        .formatted(date, component, version, target.equals("*") ? "" : "-" + target);
  }

  /// Returns all files by path.
  public Map<String, Bytes> files() {
    return Map.copyOf(files);
  }

  private String manifest() {
    StringBuilder out = new StringBuilder();
    out.append("manifest-version = \"2\"\ndate = \"").append(date).append("\"\n\n");
    for (String component : COMPONENTS) {
      head(out, component);
      for (String target : TARGETS) {
        target(out, component, target);
      }
    }
    head(out, "rust-src");
    target(out, "rust-src", "*");
    head(out, "rust");
    for (String target : TARGETS) {
      whole(out, target);
    }
    out.append("[renames.src]\nto = \"rust-src\"\n\n[profiles]\n");
    String names = "\"" + String.join("\", \"", COMPONENTS) + "\"";
    out.append("minimal = [%s]\ndefault = [%s]\n".formatted(names, names));
    out.append("complete = [%s, \"rust-src\"]\n".formatted(names));
    return out.toString();
  }

  private void head(StringBuilder out, String name) {
    out.append("[pkg.%s]\nversion = \"%s (000000000 %s)\"\n\n".formatted(name, version, date));
  }

  private void target(StringBuilder out, String component, String target) {
    String path = path(component, target);
    Bytes file = files.get(path);
    if (file == null) {
      throw new IllegalStateException("no file " + path);
    }
    out.append("[pkg.%s.target.%s]\n".formatted(component, key(target)));
    out.append("available = true\nurl = \"%s%s\"\n".formatted(PUBLIC, path));
    out.append("hash = \"%s\"\n\n".formatted(Sha256.of(file).hex()));
  }

  private void whole(StringBuilder out, String target) {
    // The combined archive is named and never requested by rustup.
    String path = path("rust", target);
    out.append("[pkg.rust.target.%s]\n".formatted(key(target)));
    out.append("available = true\nurl = \"%s%s\"\n".formatted(PUBLIC, path));
    out.append("hash = \"%s\"\n\n".formatted("0".repeat(64)));
    for (String component : COMPONENTS) {
      part(out, target, "components", component, target);
    }
    part(out, target, "extensions", "rust-src", "*");
    for (String other : TARGETS) {
      if (!other.equals(target)) {
        part(out, target, "extensions", "rust-std", other);
      }
    }
  }

  private static void part(StringBuilder out, String target, String list, String... part) {
    out.append("[[pkg.rust.target.%s.%s]]\n".formatted(key(target), list));
    out.append("pkg = \"%s\"\ntarget = \"%s\"\n\n".formatted(part[0], part[1]));
  }

  private static String key(String target) {
    return target.equals("*") ? "\"*\"" : target;
  }

  private Bytes component(String component, String target) {
    String folder = component + "-" + version + (target.equals("*") ? "" : "-" + target);
    String name = component.equals("rust-std") ? component + "-" + target : component;
    boolean program = component.equals("cargo") || component.equals("rustc");
    String file =
        program
            ? "bin/" + component
            : "lib/rustlib/%s/synthetic.txt".formatted(target.equals("*") ? "src" : target);
    String content =
        program
            ? "#!/bin/sh\necho '%s %s (000000000 %s)'\n".formatted(component, version, date)
            : component + " for " + target + "\n";
    TarBytes tar = new TarBytes();
    folders(tar, folder + "/" + name + "/" + file);
    add(tar, folder + "/rust-installer-version", "3\n", "0000644");
    add(tar, folder + "/components", name + "\n", "0000644");
    add(tar, folder + "/" + name + "/manifest.in", "file:" + file + "\n", "0000644");
    add(tar, folder + "/" + name + "/" + file, content, program ? "0000755" : "0000644");
    return tar.end().gzip();
  }

  /// Adds the folders above a file.
  private static void folders(TarBytes tar, String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      TarBytes.Header header = TarBytes.Header.of('5', path.substring(0, slash + 1), 0);
      tar.entry(header.put(100, "0000755"), new byte[0]);
    }
  }

  private static void add(TarBytes tar, String path, String content, String mode) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarBytes.Header header = TarBytes.Header.of('0', path, bytes.length).put(100, mode);
    if (path.length() > 100) {
      tar.longName(path);
    }
    tar.entry(header, bytes);
  }
}
