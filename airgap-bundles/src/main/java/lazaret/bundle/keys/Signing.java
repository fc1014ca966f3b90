package lazaret.bundle.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;

/// A root or a bundle that officers sign one after another, each where their keys are. What is
/// there already stays, and a second call of the same officer changes nothing, so that it may stop
/// anywhere and go on anywhere. Used by one thread.
public sealed interface Signing permits RootSigning, BundleSigning {
  /// Reads what is to be signed, and refuses what must not be: what cannot be parsed, what breaks a
  /// rule that whoever gets it would hold it to, and what no key of the folder has a duty for.
  /// Nothing is signed yet, and no passphrase asked for.
  ///
  /// @param what the file of a root, or the folder of a bundle; of the latter `metadata` and the
  ///   statement are enough
  /// @param keys the officer's
  /// @param clock asked once
  /// @throws BundleException with the reason
  static Signing open(Path what, KeyFolder keys, Clock clock) {
    if (what.toString().endsWith(".tar")) {
      throw new BundleException(
          BundleCode.METADATA_MALFORMED,
          "cannot sign %s: sign the folder of a bundle, and make one file of it afterwards"
              .formatted(what));
    }
    return Files.isDirectory(what)
        ? BundleSigning.open(what, keys, clock.instant())
        : RootSigning.open(what, keys, clock.instant());
  }

  /// Returns what people compare before they sign: of a bundle what `bundle inspect` shows, of a
  /// root what `trust init` asks for.
  Fingerprint fingerprint();

  /// Returns who has signed, by role.
  List<Tally> tallies();

  /// Returns the names of the key files here that have a duty and have not signed.
  List<String> due();

  /// Tells whether everything is signed that must be.
  boolean isComplete();

  /// Adds signatures of another copy of the same thing, which another officer signed meanwhile.
  ///
  /// @param copy the file of a root, or the `N.targets.json` of a bundle
  /// @return the names of the officers who were added
  /// @throws BundleException `metadata-content-changed` where it is something else
  List<String> take(Bytes copy);

  /// Signs with all keys here that have a duty and have not signed, and writes the files.
  ///
  /// @return the names of the officers who signed now; none where there was nothing to sign
  /// @throws BundleException `key-unusable` where a key cannot be opened or a file not be written
  List<String> sign();

  /// Returns the officers who are in the second list and not in the first, over all roles.
  static List<String> joined(List<Tally> before, List<Tally> after) {
    Set<String> names = new TreeSet<>();
    after.forEach(tally -> names.addAll(tally.signed()));
    before.forEach(tally -> names.removeAll(tally.signed()));
    return List.copyOf(names);
  }
}
