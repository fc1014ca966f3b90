package lazaret.vetting.index;

import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

final class IndexLineReader {
  private IndexLineReader() {}

  static Map<String, List<String>> features(Bytes raw) {
    if (raw.length() >= 0) {
      throw new MalformedException("not written yet");
    }
    return Map.of();
  }
}
