package lazaret.cli.lockfile;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lazaret.cli.cargo.ProjectFile;
import lazaret.cli.command.CliEnvironment;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.MalformedException;
import lazaret.vetting.audit.AuditSet;
import lazaret.vetting.audit.files.VetLimits;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.CombinedAudits;
import lazaret.vetting.index.Validators;

/// A reader of cargo-vet's files at paths that the user names.
///
/// @param around the environment, with the folder for relative paths
public record AuditFileReader(CliEnvironment around) {
  /// Reads peers' `audits.toml` files and projects' `supply-chain` folders as one set.
  ///
  /// @throws CliException if a file cannot be read
  AuditSet read(List<Path> named) {
    List<AuditImportOrder> orders = new ArrayList<>();
    Set<String> peers = new HashSet<>();
    for (Path path : named) {
      String name = name(path);
      String peer = peers.add(name) ? name : name + "-" + (orders.size() + 1);
      orders.add(
          new AuditImportOrder(
              peer,
              path.toString(),
              content(around.path(path)),
              AuditImportOrder.Mapping.PLAIN,
              Validators.NONE,
              true));
    }
    try {
      return CombinedAudits.ofFiles(orders, around.clock().instant());
    } catch (MalformedException e) {
      throw new CliException(ErrorCode.MALFORMED_INPUT, String.valueOf(e.getMessage()), e);
    }
  }

  private static AuditImportOrder.Content content(Path path) {
    if (!Files.isDirectory(path)) {
      return new AuditImportOrder.Content.Peer(Bytes.utf8(text(path)));
    }
    return new AuditImportOrder.Content.Project(
        Bytes.utf8(text(path.resolve("audits.toml"))),
        Bytes.utf8(text(path.resolve("config.toml"))),
        Bytes.utf8(lock(path)));
  }

  /// Returns the `imports.lock` of a project's folder, or an empty text if there is none.
  public static String lock(Path folder) {
    Path lock = folder.resolve("imports.lock");
    return Files.exists(lock) ? text(lock) : "";
  }

  /// Returns the text of a file.
  ///
  /// @throws CliException if it cannot be read or is too long for such a file
  public static String text(Path path) {
    try {
      return Bytes.of(ProjectFile.read(path, VetLimits.MAX_BYTES)).text();
    } catch (FileSystemException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read '" + path + "': no such text file", e);
    } catch (IOException e) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot read '" + path + "': " + e.getMessage(), e);
    }
  }

  /// Returns a nickname for the author of the files at a path. It is the name of the parent of a
  /// folder, or the name of a file without `.toml`.
  public String name(Path named) {
    Path path = around.path(named).toAbsolutePath().normalize();
    Path parent = path.getParent();
    Path telling = Files.isDirectory(path) && parent != null ? parent : path;
    return nickname(String.valueOf(telling.getFileName()).replaceAll("\\.toml$", ""));
  }

  /// Returns a text in the form of nicknames.
  public static String nickname(String of) {
    String name = of.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "audits" : name.substring(0, Math.min(name.length(), MAX_NICKNAME));
  }

  private static final int MAX_NICKNAME = 48;
}
