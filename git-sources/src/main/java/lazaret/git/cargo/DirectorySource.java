package lazaret.git.cargo;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.JsonWriter;
import lazaret.vetting.toml.TomlStringWriter;

/// A directory source of cargo with the packages of one commit, by which cargo builds without Git.
///
/// Source: Cargo reference, *Source Replacement*, and the output of `cargo vendor`.
public final class DirectorySource {
  private static final String CHECKSUMS = ".cargo-checksum.json";

  private DirectorySource() {}

  /// Writes packages into a new folder.
  ///
  /// @param folder an empty folder
  /// @throws lazaret.vetting.MalformedException if a package cannot be used
  /// @throws IOException if a file cannot be written
  public static void write(GitPackageFinder finder, List<GitPackage> packages, Path folder)
      throws IOException {
    for (GitPackage each : packages) {
      Path target = Files.createDirectory(folder.resolve(each.unpacked()));
      Map<String, Sha256> checksums = new LinkedHashMap<>();
      for (Map.Entry<String, PackageFile> file : finder.files(each).entrySet()) {
        if (file.getKey().equals(CHECKSUMS)) {
          continue;
        }
        Bytes content = file.getValue().content();
        Path path = target.resolve(file.getKey());
        Files.createDirectories(path.resolveSibling(""));
        Files.write(path, content.array());
        if (file.getValue().isProgram()) {
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        checksums.put(file.getKey(), Sha256.of(content));
      }
      Files.write(target.resolve(CHECKSUMS), checksums(checksums).array());
    }
  }

  private static Bytes checksums(Map<String, Sha256> files) {
    return JsonWriter.object(
        json ->
            json.object(
                "files", list -> files.forEach((path, sha256) -> list.put(path, sha256.hex()))));
  }

  /// Returns the configuration of cargo that replaces a source.
  ///
  /// @param url the address of the lockfile, without `git+` and the commit
  /// @param name the name of the directory source
  /// @param folder the folder of the packages
  public static String configuration(String url, String name, Path folder) {
    int question = url.indexOf('?');
    String repository = question < 0 ? url : url.substring(0, question);
    StringBuilder out = new StringBuilder();
    out.append("[source.").append(TomlStringWriter.string("git+" + url)).append("]\n");
    out.append("git = ").append(TomlStringWriter.string(repository)).append('\n');
    if (question >= 0) {
      int equals = url.indexOf('=', question);
      out.append(url, question + 1, equals).append(" = ");
      String value = url.substring(equals + 1).replace("+", "%2B");
      out.append(TomlStringWriter.string(URLDecoder.decode(value, StandardCharsets.UTF_8)));
      out.append('\n');
    }
    out.append("replace-with = ").append(TomlStringWriter.string(name)).append("\n\n");
    out.append("[source.").append(TomlStringWriter.key(name)).append("]\n");
    out.append("directory = ").append(TomlStringWriter.string(folder.toString())).append('\n');
    return out.toString();
  }
}
