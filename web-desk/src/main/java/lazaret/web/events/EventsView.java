package lazaret.web.events;

import java.util.List;
import lazaret.vetting.deskapi.events.LedgerVerificationReply;
import lazaret.web.page.PageQuery;
import org.jspecify.annotations.Nullable;

/// The content of the page about the ledger.
///
/// @param rows the entries, the newest first
/// @param seal the state of the verification
/// @param filter the entries that the reader wants
/// @param older the address of earlier entries; null if there are none
/// @param newer the address of later entries; null if there are none
public record EventsView(
    List<EventRowInfo> rows,
    LedgerVerificationReply seal,
    Filter filter,
    @Nullable String older,
    @Nullable String newer) {
  /// The path of the page.
  static final String PATH = "/desk/events";

  public EventsView {
    rows = List.copyOf(rows);
  }

  /// The entries that the reader wants.
  ///
  /// @param only `decisions`, `alarms`, or empty for all
  /// @param crate the name of a crate as typed; empty for all
  /// @param words the words as typed; empty for all
  /// @param mistake what is wrong about the name of the crate; null if nothing is
  public record Filter(String only, String crate, String words, @Nullable String mistake) {
    /// Returns whether entries are left out.
    public boolean isActive() {
      return !(only + crate + words).isEmpty();
    }

    /// Returns the address of the page with these entries.
    PageQuery address() {
      return PageQuery.of(PATH).with("only", only).with("crate", crate).with("q", words);
    }
  }

  /// A tab.
  ///
  /// @param label the words
  /// @param address the address
  /// @param current `page` if it is the current one, else null
  public record Tab(String label, String address, @Nullable String current) {}

  /// Returns the tabs.
  public List<Tab> tabs() {
    return List.of(tab("All", ""), tab("Decisions", "decisions"), tab("Alarms", "alarms"));
  }

  private Tab tab(String label, String only) {
    return new Tab(
        label,
        filter.address().with("only", only).toString(),
        only.equals(filter.only()) ? "page" : null);
  }

  /// Returns whether the chain is broken.
  public boolean isBroken() {
    return seal.fault() != null;
  }
}
