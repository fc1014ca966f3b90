package lazaret.vetting.reading;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.LazaretException;

/// The refusal of a mark on content that differs from the present content of the version.
final class StaleContentException extends LazaretException {
  private static final long serialVersionUID = 1L;

  StaleContentException(String path) {
    super(
        ErrorCode.CKSUM_MISMATCH,
        "cannot record what was read of %s: expected the bytes that were shown, found others; nothing was recorded, read it again"
            .formatted(Excerpt.of(path)),
        null);
  }
}
