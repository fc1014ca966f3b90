package lazaret.vetting.desk.api;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// A lockfile of a request. The desk remembers it with its sender.
final class SubmittedLockfile {
  private SubmittedLockfile() {}

  /// Reads the text of a lockfile.
  ///
  /// @param name the name that the sender gives it; null for none
  /// @throws lazaret.vetting.MalformedException if the text is not a lockfile
  static Lockfile read(Desk desk, Caller caller, String text, @Nullable String name) {
    Bytes bytes = Bytes.utf8(text);
    return desk.seen(Lockfile.parse(bytes), Sha256.of(bytes), name, caller.requester());
  }
}
