package lazaret.cli.bundle;

import java.util.List;
import lazaret.cli.keys.RootText;
import lazaret.vetting.json.Inline;

/// The output of `sign --json` for a root.
///
/// @param root the content of the root
/// @param taken the signatures that were added from copies
/// @param signed the signatures that were made
/// @param signatures the signatures of each role
/// @param complete whether no signature is missing
record RootSignOutput(
    @Inline RootText.RootDocument root,
    List<String> taken,
    List<String> signed,
    List<RootText.SignaturesDocument> signatures,
    boolean complete) {
  RootSignOutput {
    taken = List.copyOf(taken);
    signed = List.copyOf(signed);
    signatures = List.copyOf(signatures);
  }
}
