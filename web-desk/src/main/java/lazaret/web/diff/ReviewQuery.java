package lazaret.web.diff;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.web.FormFields;
import lazaret.web.PageRequest;
import lazaret.web.page.PageLinks;
import org.jspecify.annotations.Nullable;

/// The query of a review: what is compared, and in which view. All addresses of a review come from
/// it, so that each link keeps base and view.
///
/// @param name the crate
/// @param version the version
/// @param base the version to compare with; the version itself for none; null selects the one with
///   the least to read
/// @param split whether both versions are next to each other
/// @param then the versions to review afterwards
public record ReviewQuery(
    CrateName name,
    CrateVersion version,
    @Nullable CrateVersion base,
    boolean split,
    List<CrateSpec> then) {
  /// The maximum number of versions to review afterwards.
  public static final int MAX_THEN = 30;

  public ReviewQuery {
    then = List.copyOf(then);
  }

  /// Reads the query of a page or part.
  ///
  /// @throws MalformedException if a version has another form
  public static ReviewQuery of(PageRequest request) {
    return of(request, request.query());
  }

  /// Reads the fields of a form.
  ///
  /// @throws MalformedException if a version has another form
  public static ReviewQuery of(PageRequest request, FormFields fields) {
    Optional<String> base = fields.text("base");
    return new ReviewQuery(
        CrateName.parse(request.path("name")),
        CrateVersion.parse(request.path("version")),
        base.map(text -> CrateVersion.parse(plus(text))).orElse(null),
        fields.text("view").filter("split"::equals).isPresent(),
        specs(fields.text("then").orElse(""), MAX_THEN));
  }

  /// Reads a list of versions.
  ///
  /// @param text `NAME@VERSION` with commas between; blank for none
  /// @param most the maximum number of versions
  /// @throws MalformedException if an item has another form, or there are too many
  public static List<CrateSpec> specs(String text, int most) {
    if (text.isBlank()) {
      return List.of();
    }
    List<CrateSpec> specs = Arrays.stream(text.split(",", -1)).map(ReviewQuery::spec).toList();
    if (specs.size() > most) {
      throw new MalformedException(
          "cannot review %d versions: expected at most %d; select fewer"
              .formatted(specs.size(), most));
    }
    return specs;
  }

  private static CrateSpec spec(String text) {
    CrateSpec spec = CrateSpec.parse(plus(text.strip()));
    if (spec.version() == null) {
      throw new MalformedException(
          "cannot review '%s': expected NAME@VERSION; name one version".formatted(spec));
    }
    return spec;
  }

  /// Returns a version whose `+` a person typed into the address, where it encodes a space.
  private static String plus(String text) {
    return text.replace(' ', '+');
  }

  /// Returns the query for the versions that the server compared, so that further requests compare
  /// the same ones.
  public ReviewQuery pinned(DiffSubjectInfo subject) {
    CrateVersion compared = subject.base() == null ? subject.version() : subject.base();
    return new ReviewQuery(subject.name(), subject.version(), compared, split, then);
  }

  /// Returns the query for the full version of the index, whose build metadata an address may omit.
  public ReviewQuery named(CrateName crate, CrateVersion full) {
    boolean none = base != null && base.equals(version);
    return new ReviewQuery(crate, full, none ? full : base, split, then);
  }

  /// Returns the query in another view.
  public ReviewQuery view(boolean inSplit) {
    return new ReviewQuery(name, version, base, inSplit, then);
  }

  /// Returns the query with another base.
  public ReviewQuery against(@Nullable CrateVersion other) {
    return new ReviewQuery(name, version, other, split, then);
  }

  /// Returns the address of the version, to which the forms of a review belong.
  public String versionAddress() {
    return PageLinks.version(name, version);
  }

  /// Returns the address of the page.
  public String page() {
    String fields = fields();
    return PageLinks.review(name, version) + (fields.isEmpty() ? "" : "?" + fields);
  }

  /// Returns the address of the page with one more field.
  public String page(String field, String value) {
    return PageLinks.review(name, version) + here(field, value);
  }

  /// Returns the address of the page with one more field, relative to the page and to the address
  /// of its forms. A page has hundreds of them.
  public String here(String field, String value) {
    String fields = fields();
    return "?" + (fields.isEmpty() ? "" : fields + "&") + pair(field, value);
  }

  /// Returns the address of a part of the page, relative to the page and to the address of its
  /// forms. The links inside of the part have the same fields.
  ///
  /// @param value the value of the field, which may be empty
  public String part(String field, String value) {
    return "review/part" + here(field, value);
  }

  /// Returns the versions to review afterwards as a field has them; empty if there are none.
  public String thenText() {
    return then.stream().map(CrateSpec::toString).collect(Collectors.joining(","));
  }

  private String fields() {
    StringBuilder fields = new StringBuilder();
    if (base != null) {
      fields.append(pair("base", base.text()));
    }
    if (split) {
      fields.append(fields.isEmpty() ? "" : "&").append("view=split");
    }
    if (!then.isEmpty()) {
      fields.append(fields.isEmpty() ? "" : "&").append(pair("then", thenText()));
    }
    return fields.toString();
  }

  private static String pair(String field, String value) {
    return field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
