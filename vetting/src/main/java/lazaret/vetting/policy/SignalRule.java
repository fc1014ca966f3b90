package lazaret.vetting.policy;

import java.util.List;

/// The signals that inspection found in the bytes.
final class SignalRule {
  private SignalRule() {}

  static List<Mark> marks(Policy policy, Dossier dossier) {
    return List.of();
  }
}
