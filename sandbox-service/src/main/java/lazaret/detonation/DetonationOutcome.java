package lazaret.detonation;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.deskapi.review.DetonationRequest;

/// The outcome of an order.
public sealed interface DetonationOutcome {
  /// The version was built, successfully or not.
  ///
  /// @param evidence the request that records the behavior at the desk
  record Observed(DetonationRequest evidence) implements DetonationOutcome {}

  /// The version was not built.
  ///
  /// @param code the kind of the failure
  /// @param detail one clause for a person; it may contain foreign text
  record Refused(ErrorCode code, String detail) implements DetonationOutcome {
    /// The longest detail, in characters.
    static final int MAX_DETAIL = 2_000;

    /// Cuts the detail, and replaces characters that do not print.
    public Refused {
      StringBuilder printable = new StringBuilder();
      for (int i = 0; i < Math.min(detail.length(), MAX_DETAIL); i += Excerpt.LENGTH) {
        printable.append(
            Excerpt.of(detail.substring(i, Math.min(detail.length(), i + Excerpt.LENGTH))));
      }
      detail = printable.toString();
    }
  }
}
