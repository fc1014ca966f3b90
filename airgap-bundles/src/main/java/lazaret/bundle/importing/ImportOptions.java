package lazaret.bundle.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;

/// The parameters of an import.
///
/// @param bundle the folder of a bundle, or its single file
/// @param by the person or program that requests it
/// @param enclaves the names of this network; the audience of the bundle must contain one of them,
///   or `*`
/// @param approval the SHA-256 of the statement of an approved bundle; if present, any other bundle
///   is refused. It also authorizes changed bytes that the bundle does not announce.
/// @param scan the scanner of files before their content is imported; empty for none
/// @param dryRun whether to stop at the plan without writing
/// @param early whether to keep a bundle whose base is missing until the base is imported;
///   otherwise it is refused
/// @param despiteExpiry the reason to import the approved bundle although it has expired, see
///   [ExpiryWaivers]; empty to refuse an expired bundle
/// @param without the collections of files that are left out
public record ImportOptions(
    Path bundle,
    String by,
    Set<String> enclaves,
    Optional<Sha256> approval,
    Optional<Scan> scan,
    boolean dryRun,
    boolean early,
    Optional<String> despiteExpiry,
    Set<String> without) {
  /// Creates a request that leaves nothing out.
  public ImportOptions(
      Path bundle,
      String by,
      Set<String> enclaves,
      Optional<Sha256> approval,
      Optional<Scan> scan,
      boolean dryRun,
      boolean early,
      Optional<String> despiteExpiry) {
    this(bundle, by, enclaves, approval, scan, dryRun, early, despiteExpiry, Set.of());
  }

  /// Copies the sets.
  ///
  /// @throws MalformedException if an expired bundle is permitted without an approval or a valid
  ///   reason
  public ImportOptions {
    enclaves = Set.copyOf(enclaves);
    without = Set.copyOf(without);
    if (despiteExpiry.isPresent()) {
      if (!dryRun && approval.isEmpty()) {
        throw new MalformedException(
            "cannot import a bundle despite its expiry: name the one bundle that is meant, by the"
                + " SHA-256 that 'bundle diff' prints");
      }
      if (despiteExpiry.get().isBlank() || despiteExpiry.get().length() > Decision.MAX_REASON) {
        throw new MalformedException(
            "cannot import a bundle despite its expiry: expected a reason of 1 to %d characters"
                .formatted(Decision.MAX_REASON));
      }
    }
  }

  /// A program that scans files. It is started with the path of one file or folder as its last
  /// argument. Exit code 0 accepts the file and 1 refuses it. With any other exit code or after a
  /// timeout the scan has failed, and the import is refused too.
  ///
  /// @param command the absolute path of the program, and its first arguments
  /// @param patience the longest run time for one file or folder
  public record Scan(List<String> command, Duration patience) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is no program, or its path is relative
    public Scan {
      command = List.copyOf(command);
      if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
        throw new IllegalArgumentException(
            "expected a scanner by its absolute path, found " + command);
      }
    }
  }

  /// Returns a request without network names, approval and scanner. Only bundles for all networks
  /// are accepted.
  public static ImportOptions of(Path bundle, String by) {
    return new ImportOptions(
        bundle, by, Set.of(), Optional.empty(), Optional.empty(), false, false, Optional.empty());
  }

  /// Returns this request with the names of the network.
  public ImportOptions in(Set<String> names) {
    return new ImportOptions(
        bundle, by, names, approval, scan, dryRun, early, despiteExpiry, without);
  }

  /// Returns this request restricted to the bundle with a given statement.
  public ImportOptions approved(Sha256 statement) {
    return new ImportOptions(
        bundle, by, enclaves, Optional.of(statement), scan, dryRun, early, despiteExpiry, without);
  }

  /// Returns this request with a scanner.
  public ImportOptions scanned(Scan with) {
    return new ImportOptions(
        bundle, by, enclaves, approval, Optional.of(with), dryRun, early, despiteExpiry, without);
  }

  /// Returns this request as a dry run.
  public ImportOptions dry() {
    return new ImportOptions(
        bundle, by, enclaves, approval, scan, true, early, despiteExpiry, without);
  }

  /// Returns this request with permission to keep a bundle whose base is missing.
  public ImportOptions mayWait() {
    return new ImportOptions(
        bundle, by, enclaves, approval, scan, dryRun, true, despiteExpiry, without);
  }

  /// Returns this request with permission to import an expired bundle.
  public ImportOptions despiteExpiry(String reason) {
    return new ImportOptions(
        bundle, by, enclaves, approval, scan, dryRun, early, Optional.of(reason), without);
  }

  /// Returns this request without some collections of files.
  public ImportOptions without(Set<String> collections) {
    return new ImportOptions(
        bundle, by, enclaves, approval, scan, dryRun, early, despiteExpiry, collections);
  }

  /// Returns the addition to the notice in the ledger, or an empty text for an ordinary import.
  String words() {
    return (approval.isPresent() ? ", approved" : "")
        + despiteExpiry.map(_ -> ", despite its expiry").orElse("");
  }

  /// Returns this request for a copy of its bundle.
  ImportOptions at(Path copy) {
    return new ImportOptions(
        copy, by, enclaves, approval, scan, dryRun, early, despiteExpiry, without);
  }
}
