package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import org.jspecify.annotations.Nullable;

/// An order to keep the texts of a form that the caller has not sent yet.
///
/// @param name the crate
/// @param version the version
/// @param form the form: `decision`
/// @param fields the texts: at most 20 fields, with 16 KiB in all
/// @param seenDecisions the number of decisions on the version that the form showed; the draft is
///   refused if the caller decided after them. Null compares nothing
public record TextDraftOrder(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InPath String form,
    List<DraftFieldInfo> fields,
    @Nullable Integer seenDecisions) {
  public TextDraftOrder {
    fields = List.copyOf(fields);
  }
}
