package lazaret.conformance.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A builder of a version and of the request that uploads it. A new builder is well-formed, and
/// each case changes one part. Not thread-safe.
public final class UploadBuilder {
  private final String name;
  private final String version;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final StringBuilder sections = new StringBuilder();
  private final List<TarEntry> entries = new ArrayList<>();
  private String prefix;
  private String requestName;
  private String requestVersion;
  private String requestFields = "\"deps\":[],\"features\":{}";
  private @Nullable String manifest;
  private @Nullable String manifestPath = "Cargo.toml";
  private byte @Nullable [] archive;

  /// Creates a well-formed version.
  public UploadBuilder(String name, String version) {
    this.name = name;
    this.version = version;
    this.prefix = name + "-" + version + "/";
    this.requestName = name;
    this.requestVersion = version;
    fields.put("edition", "\"2021\"");
    fields.put("description", "\"A crate of a test suite\"");
    fields.put("license", "\"MIT\"");
  }

  /// Returns the name.
  public String name() {
    return name;
  }

  /// Returns the version.
  public String version() {
    return version;
  }

  /// Sets a field of `[package]`.
  ///
  /// @param value a value of TOML
  public UploadBuilder field(String key, String value) {
    fields.put(key, value);
    return this;
  }

  /// Removes a field of `[package]`.
  public UploadBuilder without(String key) {
    fields.remove(key);
    return this;
  }

  /// Adds lines after `[package]`.
  public UploadBuilder section(String text) {
    sections.append(text).append('\n');
    return this;
  }

  /// Sets the whole text of the manifest.
  public UploadBuilder manifest(String text) {
    manifest = text;
    return this;
  }

  /// Sets the path of the manifest below the folder of the version; null for no manifest.
  public UploadBuilder manifestPath(@Nullable String path) {
    manifestPath = path;
    return this;
  }

  /// Sets the folder of the version in the archive, with a slash at its end.
  public UploadBuilder prefix(String folder) {
    prefix = folder;
    return this;
  }

  /// Adds an entry, with its whole path.
  public UploadBuilder entry(TarEntry entry) {
    entries.add(entry);
    return this;
  }

  /// Adds a file below the folder of the version.
  public UploadBuilder file(String path, String content) {
    return entry(TarEntry.file(prefix + path, content));
  }

  /// Returns the path of a file below the folder of the version.
  public String path(String file) {
    return prefix + file;
  }

  /// Sets the name that the request states.
  public UploadBuilder requestName(String text) {
    requestName = text;
    return this;
  }

  /// Sets the version that the request states.
  public UploadBuilder requestVersion(String text) {
    requestVersion = text;
    return this;
  }

  /// Sets the other fields that the request states, as members of a JSON object.
  public UploadBuilder requestFields(String members) {
    requestFields = members;
    return this;
  }

  /// Sets the bytes of the archive.
  public UploadBuilder archive(byte[] bytes) {
    archive = bytes;
    return this;
  }

  private String manifestText() {
    if (manifest != null) {
      return manifest;
    }
    return "[package]\nname = \"%s\"\nversion = \"%s\"\n".formatted(name, version)
        + fields.entrySet().stream()
            .map(field -> field.getKey() + " = " + field.getValue() + "\n")
            .collect(Collectors.joining())
        + "\n[lib]\nname = \"suite\"\npath = \"src/lib.rs\"\n\n"
        + sections;
  }

  /// Returns the entries of the archive.
  public List<TarEntry> entries() {
    List<TarEntry> all = new ArrayList<>();
    if (manifestPath != null) {
      all.add(TarEntry.file(prefix + manifestPath, manifestText()));
    }
    all.add(TarEntry.file(prefix + "src/lib.rs", "pub fn suite() {}\n"));
    all.addAll(entries);
    return all;
  }

  /// Returns the `.crate` file.
  public byte[] crate() {
    return archive == null ? TarWriter.gzip(TarWriter.tar(entries())) : archive;
  }

  /// Returns the JSON document of the request.
  public String document() {
    return "{\"name\":\"%s\",\"vers\":\"%s\",%s}"
        .formatted(requestName, requestVersion, requestFields);
  }

  /// Returns the body of the request.
  public byte[] body() {
    return body(document().getBytes(StandardCharsets.UTF_8), crate());
  }

  /// Returns a body with given parts.
  public static byte[] body(byte[] document, byte[] archive) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(length(document.length));
    out.writeBytes(document);
    out.writeBytes(length(archive.length));
    out.writeBytes(archive);
    return out.toByteArray();
  }

  /// Returns a length in the form of the body.
  public static byte[] length(int bytes) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes).array();
  }
}
