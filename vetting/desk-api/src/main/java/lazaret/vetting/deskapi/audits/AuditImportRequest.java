package lazaret.vetting.deskapi.audits;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order to import audits from the request or from an address.
///
/// @param name the name of the import
/// @param url the address of an `audits.toml`, which is refreshed on a schedule; null if the
///   request has the text
/// @param source a text that names the origin of `toml`; null for `imported`
/// @param toml the text of an `audits.toml`; null if `url` is given
/// @param config the text of `config.toml`, for the store of a whole project; null for one file
/// @param importsLock the text of `imports.lock`, for the store of a whole project; null if it has
///   none
/// @param criteriaMap the mapping of criteria, each `THEIRS=OURS`
/// @param exclude the crates that are ignored
/// @param allowFewer whether a file with less than half of the previous entries is accepted
public record AuditImportRequest(
    String name,
    @Nullable String url,
    @Nullable String source,
    @Nullable String toml,
    @Nullable String config,
    @Nullable String importsLock,
    List<String> criteriaMap,
    List<String> exclude,
    boolean allowFewer) {
  public AuditImportRequest {
    criteriaMap = List.copyOf(criteriaMap);
    exclude = List.copyOf(exclude);
  }
}
