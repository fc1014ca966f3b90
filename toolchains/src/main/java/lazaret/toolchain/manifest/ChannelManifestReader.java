package lazaret.toolchain.manifest;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.site.SiteFileRow;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlNode;
import lazaret.vetting.toml.TomlScalar;
import org.jspecify.annotations.Nullable;

/// A reader of manifests of channels. It reads what rustup reads, and refuses addresses of other
/// hosts: rustup replaces the host alone, so that any other address would lead outside.
public final class ChannelManifestReader {
  /// The maximum size of a manifest, in bytes. Those of 2026 have 1 MB.
  public static final int MAX_BYTES = 8 << 20;

  private static final int MAX_NODES = 400_000;

  /// The beginning of all addresses of the public source.
  private static final String PUBLIC = "https://static.rust-lang.org/";

  private ChannelManifestReader() {}

  /// Reads a manifest.
  ///
  /// @throws MalformedException if it is not a manifest of version 2, or has an address that rustup
  ///   would not request from this gate
  public static ChannelManifest read(Bytes manifest) {
    if (manifest.length() > MAX_BYTES) {
      throw malformed("at most %d bytes".formatted(MAX_BYTES), manifest.length() + " bytes");
    }
    TomlNode.Table root =
        TomlDocument.read(manifest, MAX_NODES)
            .orElseThrow(
                fault ->
                    new MalformedException(
                        "cannot read a manifest of toolchains: line %d: %s"
                            .formatted(fault.line(), fault.detail())))
            .root();
    String version = text(root, "manifest-version");
    if (!"2".equals(version)) {
      throw malformed("manifest-version 2", String.valueOf(version));
    }
    return new ChannelManifest(
        date(text(root, "date")),
        version(table(table(root, "pkg"), ChannelManifest.WHOLE)),
        map(table(root, "pkg"), ChannelManifestReader::targets),
        map(table(root, "renames"), ChannelManifestReader::renamed),
        profiles(table(root, "profiles")));
  }

  private static LocalDate date(@Nullable String text) {
    try {
      return LocalDate.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw new MalformedException(
          "cannot read a manifest of toolchains: expected a date like 2026-01-22", e);
    }
  }

  /// Returns the first word of the version, which is followed by commit and date.
  private static String version(TomlNode.Table pkg) {
    String text = text(pkg, "version");
    return text == null ? "" : text.split(" ", 2)[0];
  }

  private static Map<String, ToolchainTarget> targets(TomlNode.Table pkg) {
    return map(table(pkg, "target"), ChannelManifestReader::target);
  }

  private static String renamed(TomlNode.Table rename) {
    String to = text(rename, "to");
    if (to == null) {
      throw malformed("a new name", "none");
    }
    return to;
  }

  private static ToolchainTarget target(TomlNode.Table target) {
    boolean available =
        target.entries().get("available") instanceof TomlNode.Scalar(TomlScalar value, int _)
            && value.isTrue();
    List<ComponentFile> files = new ArrayList<>();
    if (available) {
      add(files, target, "zst_url", "zst_hash");
      add(files, target, "xz_url", "xz_hash");
      if (files.isEmpty()) {
        add(files, target, "url", "hash");
      }
    }
    return new ToolchainTarget(
        files, components(target, "components"), components(target, "extensions"));
  }

  private static void add(
      List<ComponentFile> files, TomlNode.Table target, String url, String hash) {
    String address = text(target, url);
    String digest = text(target, hash);
    if (address == null || address.isEmpty()) {
      return;
    }
    if (digest == null || !Sha256.isValid(digest)) {
      throw malformed("a SHA-256 as " + hash, String.valueOf(digest));
    }
    files.add(new ComponentFile(path(address), Sha256.parse(digest)));
  }

  private static String path(String address) {
    String path = address.startsWith(PUBLIC) ? address.substring(PUBLIC.length()) : "";
    if (!path.startsWith("dist/") || !SiteFileRow.isPath(path)) {
      throw malformed("an address that begins with " + PUBLIC + "dist/", address);
    }
    return path;
  }

  private static List<ToolchainComponent> components(TomlNode.Table target, String key) {
    List<ToolchainComponent> components = new ArrayList<>();
    if (target.entries().get(key) instanceof TomlNode.Array(List<TomlNode> elements, int _)) {
      for (TomlNode element : elements) {
        if (element instanceof TomlNode.Table component) {
          String name = text(component, "pkg");
          String triple = text(component, "target");
          if (name != null && triple != null) {
            components.add(new ToolchainComponent(name, triple));
          }
        }
      }
    }
    return components;
  }

  private static Map<String, List<String>> profiles(TomlNode.Table table) {
    Map<String, List<String>> profiles = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (name, value) -> {
              if (value instanceof TomlNode.Array(List<TomlNode> elements, int _)) {
                profiles.put(name, elements.stream().map(ChannelManifestReader::word).toList());
              }
            });
    return profiles;
  }

  private static String word(TomlNode node) {
    if (node instanceof TomlNode.Scalar(TomlScalar value, int _)
        && value.kind() == TomlScalar.Kind.STRING) {
      return value.text();
    }
    throw malformed("a text", node.what());
  }

  private static <T> Map<String, T> map(TomlNode.Table table, Function<TomlNode.Table, T> reader) {
    Map<String, T> map = new LinkedHashMap<>();
    table
        .entries()
        .forEach(
            (key, value) -> {
              if (value instanceof TomlNode.Table each) {
                map.put(key, reader.apply(each));
              }
            });
    return map;
  }

  private static TomlNode.Table table(TomlNode.Table parent, String key) {
    return parent.entries().get(key) instanceof TomlNode.Table table
        ? table
        : new TomlNode.Table(Map.of(), 0);
  }

  private static @Nullable String text(TomlNode.Table table, String key) {
    return table.entries().get(key) instanceof TomlNode.Scalar(TomlScalar value, int _)
            && value.kind() == TomlScalar.Kind.STRING
        ? value.text()
        : null;
  }

  private static MalformedException malformed(String expected, String found) {
    return new MalformedException(
        "cannot read a manifest of toolchains: expected %s, found '%s'"
            .formatted(expected, Excerpt.of(found)));
  }
}
