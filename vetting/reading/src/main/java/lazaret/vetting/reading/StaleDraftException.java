package lazaret.vetting.reading;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The refusal of a draft whose form is older than the latest decision of its person.
final class StaleDraftException extends LazaretException {
  private static final long serialVersionUID = 1L;

  StaleDraftException(CrateName name, CrateVersion version) {
    super(
        ErrorCode.STALE,
        "cannot keep the draft: expected a form with your latest decision on %s %s, found an older one; open the version again"
            .formatted(name.published(), version.text()),
        null);
  }
}
