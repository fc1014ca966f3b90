package lazaret.mirror.deskapi;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Asker;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.lockfile.Lockfile;
import org.jspecify.annotations.Nullable;

/// A lockfile in a request: read, and noted with its sender.
final class SentLockfile {
  private SentLockfile() {}

  /// Reads the text of a lockfile.
  ///
  /// @param name what the sender calls it; null where that is not said
  /// @throws lazaret.vetting.MalformedException if it is none
  static Lockfile read(Desk desk, DeskRequest request, String text, @Nullable String name) {
    Bytes bytes = Bytes.utf8(text);
    Lockfile lock = Lockfile.parse(bytes);
    desk.seen(lock, Sha256.of(bytes), name, new Asker(request.caller().name(), request.address()));
    return lock;
  }
}
