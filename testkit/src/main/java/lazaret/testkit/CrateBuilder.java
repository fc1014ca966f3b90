package lazaret.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A builder of `.crate` files that cargo can unpack and compile; the bytes are the same in every
/// run. The methods marked as hostile produce invalid files. Not thread-safe.
public final class CrateBuilder {
  private final String name;
  private final String version;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private final List<Consumer<TarBytes>> hostile = new ArrayList<>();
  private @Nullable String manifest;
  private @Nullable String license = "MIT OR Apache-2.0";
  private @Nullable String links;
  private boolean hasManifest = true;
  private boolean buildScript;
  private boolean procMacro;
  private Bytes behind = Bytes.EMPTY;

  private CrateBuilder(String name, String version) {
    this.name = name;
    this.version = version;
  }

  /// Starts a library crate with one empty function.
  public static CrateBuilder crate(String name, String version) {
    return new CrateBuilder(name, version);
  }

  /// Adds or replaces a text file.
  ///
  /// @param path path below the crate's folder
  public CrateBuilder file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds or replaces a file.
  ///
  /// @param path path below the crate's folder
  public CrateBuilder file(String path, byte[] content) {
    files.put(path, content.clone());
    return this;
  }

  /// Adds a build script.
  ///
  /// @param source Rust source with a `main`
  public CrateBuilder buildScript(String source) {
    buildScript = true;
    return file("build.rs", source);
  }

  /// Makes the library a procedural macro.
  public CrateBuilder procMacro() {
    procMacro = true;
    return this;
  }

  /// Adds a dependency to the manifest and the index line.
  public CrateBuilder dependency(Dependency dependency) {
    dependencies.add(dependency);
    return this;
  }

  /// Adds a dependency without options.
  ///
  /// @param req requirement as in the index: `^1.0`
  public CrateBuilder dependency(String crate, String req) {
    return dependency(Dependency.on(crate, req));
  }

  /// Sets the license expression; null for none.
  public CrateBuilder license(@Nullable String expression) {
    license = expression;
    return this;
  }

  /// Sets the native library; cargo then requires a build script.
  public CrateBuilder links(String library) {
    links = library;
    return this;
  }

  /// Replaces the manifest with any text.
  public CrateBuilder manifest(String text) {
    manifest = text;
    return this;
  }

  /// Omits the manifest (hostile).
  public CrateBuilder withoutManifest() {
    hasManifest = false;
    return this;
  }

  /// Adds any content to the archive after the regular files (hostile).
  public CrateBuilder hostile(Consumer<TarBytes> part) {
    hostile.add(part);
    return this;
  }

  /// Adds an entry of any type with a path from the root of the archive (hostile).
  public CrateBuilder rawEntry(char type, String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return hostile(tar -> tar.entry(TarBytes.Header.of(type, path, bytes.length), bytes));
  }

  /// Adds a symbolic link below the crate's folder (hostile).
  public CrateBuilder symlink(String path, String target) {
    return hostile(tar -> tar.symlink(folder() + "/" + path, target));
  }

  /// Adds a file with a path outside of the crate's folder (hostile).
  public CrateBuilder traversal() {
    return rawEntry('0', folder() + "/../evil-1.0.0/src/lib.rs", "pub fn evil() {}\n");
  }

  /// Adds a file of zeros of any size, which compresses to almost nothing (hostile). It is built in
  /// memory.
  public CrateBuilder bomb(int bytes) {
    return hostile(tar -> tar.file(folder() + "/bomb", new byte[bytes]));
  }

  /// Appends bytes after the gzip member, such as a second one (hostile).
  public CrateBuilder behind(Bytes bytes) {
    behind = bytes;
    return this;
  }

  /// Returns `name-version`.
  public String folder() {
    return name + "-" + version;
  }

  /// Returns the name.
  public String name() {
    return name;
  }

  /// Returns the version.
  public String version() {
    return version;
  }

  /// Returns the archive without compression.
  public byte[] tar() {
    Map<String, byte[]> all = new TreeMap<>(files);
    if (hasManifest) {
      String text = manifest != null ? manifest : defaultManifest();
      all.put("Cargo.toml", text.getBytes(StandardCharsets.UTF_8));
    }
    if (!all.containsKey("src/lib.rs") && !all.containsKey("src/main.rs")) {
      String body = procMacro ? "" : "pub fn touch() {}\n";
      all.put("src/lib.rs", body.getBytes(StandardCharsets.UTF_8));
    }
    var tar = new TarBytes();
    all.forEach((path, content) -> tar.file(folder() + "/" + path, content));
    hostile.forEach(part -> part.accept(tar));
    return tar.end().build();
  }

  /// Returns the `.crate` file.
  public Bytes build() {
    Bytes member = Gzip.member(tar());
    return behind.length() == 0 ? member : Gzip.concat(member, behind);
  }

  /// Returns the identity of the file as if it were published.
  public CrateId id() {
    return new CrateId(CrateName.parse(name), CrateVersion.parse(version), Sha256.of(build()));
  }

  /// Returns a builder of the index line for the file.
  public IndexLineBuilder indexLine() {
    var line = IndexLineBuilder.line(name, version).cksum(Sha256.of(build()));
    dependencies.forEach(line::dep);
    if (links != null) {
      line.links(links);
    }
    return line;
  }

  /// Returns a manifest in the form in which cargo publishes manifests.
  private String defaultManifest() {
    var out = new StringBuilder();
    out.append("[package]\nedition = \"2021\"\n");
    out.append("name = ").append(TestJson.quote(name)).append('\n');
    out.append("version = ").append(TestJson.quote(version)).append('\n');
    out.append("build = ").append(buildScript ? "\"build.rs\"" : "false").append('\n');
    out.append("description = \"a crate for tests\"\n");
    if (license != null) {
      out.append("license = ").append(TestJson.quote(license)).append('\n');
    }
    if (links != null) {
      out.append("links = ").append(TestJson.quote(links)).append('\n');
    }
    if (procMacro) {
      out.append("\n[lib]\nproc-macro = true\n");
    }
    dependencies.forEach(dependency -> dependency.writeManifest(out));
    return out.toString();
  }
}
