package lazaret.vetting.index;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

record IndexFileReader(CrateName requested, Bytes body, IndexLimits limits) {
  IndexFile read() {
    if (body.length() <= limits.fileBytes()) {
      throw new MalformedException("not written yet: " + requested);
    }
    return new IndexFile(List.of(), List.of());
  }
}
