package lazaret.bundle.signing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.keys.KeyFolder;
import lazaret.bundle.trust.Fingerprint;
import lazaret.vetting.Bytes;

/// A root or a bundle that officers sign one after another, each at the location of their keys.
/// Existing signatures are kept, and signing twice has no effect, so that the process can be
/// interrupted and repeated. Used by one thread.
public sealed interface SigningTask permits RootSigningSession, BundleSigningSession {
  /// Opens a file or folder for signing, and checks it. It must be well-formed, satisfy the rules
  /// of its recipients, and name a key of the folder. No signature is made and no passphrase is
  /// requested.
  ///
  /// @param what the file of a root, or the folder of a bundle, of which `metadata` and the
  ///   statement suffice
  /// @param keys the keys of the officer
  /// @param clock the clock, read once
  /// @throws BundleException if it is refused
  static SigningTask open(Path what, KeyFolder keys, Clock clock) {
    if (what.toString().endsWith(".tar")) {
      throw new BundleException(
          BundleCode.METADATA_MALFORMED,
          "cannot sign %s: sign the folder of a bundle, and make one file of it afterwards"
              .formatted(what));
    }
    return Files.isDirectory(what)
        ? BundleSigningSession.open(what, keys, clock.instant())
        : RootSigningSession.open(what, keys, clock.instant());
  }

  /// Returns the fingerprint that people compare before they sign. For a bundle it is printed by
  /// `bundle inspect`; for a root it is required by `trust init`.
  Fingerprint fingerprint();

  /// Returns the signatures so far, one tally for each role or root.
  List<SignatureTally> tallies();

  /// Returns the names of the key files in the folder that may sign and have not signed yet.
  List<String> due();

  /// Returns whether all required signatures are present.
  boolean isComplete();

  /// Adds the signatures of another copy, which another officer signed meanwhile.
  ///
  /// @param copy the file of a root, or the `N.targets.json` of a bundle
  /// @return the names of the officers whose signatures were added
  /// @throws BundleException `metadata-content-changed` if the copy has other content
  List<String> take(Bytes copy);

  /// Signs with all keys in the folder that may sign and have not signed yet, and writes the files.
  ///
  /// @return the names of the officers who signed now; empty if there was nothing to sign
  /// @throws BundleException `key-unusable` if a key cannot be opened or a file cannot be written
  List<String> sign();

  /// Returns the officers who are in the second list but not in the first, over all roles.
  static List<String> joined(List<SignatureTally> before, List<SignatureTally> after) {
    Set<String> names = new TreeSet<>();
    after.forEach(tally -> names.addAll(tally.signed()));
    before.forEach(tally -> names.removeAll(tally.signed()));
    return List.copyOf(names);
  }
}
