package lazaret.bundle.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;

/// What to import, and how carefully.
///
/// @param bundle a folder, or the one file that was made of it
/// @param by who wants it
/// @param enclaves the names that this network goes by: a bundle is for one of them, or for `*`
/// @param approval the SHA-256 of the bundle's statement that people looked at; where it is given,
///   no other bundle is taken. It also vouches for changed bytes that the bundle does not announce
/// @param scan what looks at the files before their content is taken; empty for nothing
/// @param dryRun whether to stop at the plan; nothing is written then
/// @param early whether a bundle that came before the one that it builds on is kept until that one
///   comes; otherwise it is refused
/// @param despiteExpiry why the approved bundle shall come in although it has expired, see
///   [Waivers]; empty where it shall not
public record ImportOrder(
    Path bundle,
    String by,
    Set<String> enclaves,
    Optional<Sha256> approval,
    Optional<Scan> scan,
    boolean dryRun,
    boolean early,
    Optional<String> despiteExpiry) {
  /// Copies the set.
  ///
  /// @throws MalformedException if an expired bundle shall come in, and it is not said which one,
  ///   or not why
  public ImportOrder {
    enclaves = Set.copyOf(enclaves);
    if (despiteExpiry.isPresent()) {
      if (!dryRun && approval.isEmpty()) {
        throw new MalformedException(
            "cannot import a bundle despite its expiry: name the one bundle that is meant, by the"
                + " SHA-256 that 'bundle diff' prints");
      }
      if (despiteExpiry.get().isBlank() || despiteExpiry.get().length() > Decision.MAX_REASON) {
        throw new MalformedException(
            "cannot import a bundle despite its expiry: say why in 1 to %d characters"
                .formatted(Decision.MAX_REASON));
      }
    }
  }

  /// A program that looks at files: it is started with the path of one file or folder as last
  /// argument, and allows it by ending with 0. With 1 it refuses it; with anything else, or when it
  /// does not end in time, it failed, and nothing is taken either.
  ///
  /// @param command the program, by its absolute path, and its first arguments
  /// @param patience how long it may take for one of them
  public record Scan(List<String> command, Duration patience) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is no program, or it is named by a relative path
    public Scan {
      command = List.copyOf(command);
      if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
        throw new IllegalArgumentException(
            "expected a scanner by its absolute path, found " + command);
      }
    }
  }

  /// Orders the import of what is for every network, without approval and scanner.
  public static ImportOrder of(Path bundle, String by) {
    return new ImportOrder(
        bundle, by, Set.of(), Optional.empty(), Optional.empty(), false, false, Optional.empty());
  }

  /// Returns this order by a network that goes by names.
  public ImportOrder in(Set<String> names) {
    return new ImportOrder(bundle, by, names, approval, scan, dryRun, early, despiteExpiry);
  }

  /// Returns this order for the bundle with this statement alone.
  public ImportOrder approved(Sha256 statement) {
    return new ImportOrder(
        bundle, by, enclaves, Optional.of(statement), scan, dryRun, early, despiteExpiry);
  }

  /// Returns this order with a scanner.
  public ImportOrder scanned(Scan with) {
    return new ImportOrder(
        bundle, by, enclaves, approval, Optional.of(with), dryRun, early, despiteExpiry);
  }

  /// Returns this order as a dry run.
  public ImportOrder dry() {
    return new ImportOrder(bundle, by, enclaves, approval, scan, true, early, despiteExpiry);
  }

  /// Returns this order for a bundle that may have come early.
  public ImportOrder mayWait() {
    return new ImportOrder(bundle, by, enclaves, approval, scan, dryRun, true, despiteExpiry);
  }

  /// Returns this order for a bundle that may have expired.
  public ImportOrder despiteExpiry(String reason) {
    return new ImportOrder(
        bundle, by, enclaves, approval, scan, dryRun, early, Optional.of(reason));
  }

  /// Returns what the ledger says of it beside the bundle; nothing where it is an ordinary one.
  String words() {
    return (approval.isPresent() ? ", approved" : "")
        + despiteExpiry.map(_ -> ", despite its expiry").orElse("");
  }

  /// Returns this order for a copy of its bundle.
  ImportOrder at(Path copy) {
    return new ImportOrder(copy, by, enclaves, approval, scan, dryRun, early, despiteExpiry);
  }
}
