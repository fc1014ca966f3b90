package lazaret.mirror.deskapi;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// A lockfile in a request, parsed and recorded with its sender.
final class SentLockfile {
  private SentLockfile() {}

  /// Reads the text of a lockfile and records its sender.
  ///
  /// @param name the sender's name for it; null if the sender gave none
  /// @throws lazaret.vetting.MalformedException if it is not a lockfile
  static Lockfile read(Desk desk, DeskRequest request, String text, @Nullable String name) {
    Bytes bytes = Bytes.utf8(text);
    Lockfile lock = Lockfile.parse(bytes);
    desk.seen(
        lock, Sha256.of(bytes), name, new Requester(request.caller().name(), request.address()));
    return lock;
  }
}
