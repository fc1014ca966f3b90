package lazaret.vetting.lockfile;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

final class LockfileReader {
  private LockfileReader() {}

  static Lockfile read(Bytes file) {
    if (file.length() >= 0) {
      throw new MalformedException("not written yet");
    }
    return new Lockfile(4, List.of());
  }
}
