package lazaret.signin;

import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// The discovery document of an issuer (OpenID Connect Discovery 1.0, section 3): its endpoints and
/// what it supports. Foreign data: each value is checked when it is read.
public final class IssuerMetadata {
  /// The maximum size of a document, in bytes.
  public static final int MAX_BYTES = 256 << 10;

  private static final int MAX_TEXTS = 200;

  private final IssuerAddress issuer;
  private final Map<String, Object> fields;

  private IssuerMetadata(IssuerAddress issuer, Map<String, Object> fields) {
    this.issuer = issuer;
    this.fields = fields;
  }

  /// Reads a document.
  ///
  /// @param issuer the issuer that the document must name, character for character (section 4.3)
  /// @throws IssuerUnavailableException if the document is not a JSON object or names another
  ///   issuer
  public static IssuerMetadata parse(Bytes document, IssuerAddress issuer) {
    Map<String, Object> fields;
    try {
      fields = ForeignJson.object(document.text(), MAX_BYTES);
    } catch (ParseException e) {
      throw new IssuerUnavailableException(
          "cannot read the discovery document of "
              + issuer
              + ": expected a JSON object; check the issuer in the configuration",
          e);
    }
    Object named = fields.get("issuer");
    if (!issuer.text().equals(named)) {
      throw new IssuerUnavailableException(
          "cannot use the discovery document of %s: expected the same issuer in it, found %s; write the issuer as the provider does"
              .formatted(issuer, named == null ? "none" : "'" + Excerpt.of("" + named) + "'"));
    }
    return new IssuerMetadata(issuer, fields);
  }

  /// Returns the issuer.
  public IssuerAddress issuer() {
    return issuer;
  }

  /// Returns the address of an endpoint, or empty if the document does not name it.
  ///
  /// @param field the name of the field, for example `token_endpoint`
  /// @throws IssuerUnavailableException if it is neither `https` nor, for an issuer on a loopback
  ///   host, `http` on a loopback host
  public Optional<URI> endpoint(String field) {
    Object value = fields.get(field);
    if (value == null) {
      return Optional.empty();
    }
    URI endpoint = value instanceof String text ? IssuerAddress.endpoint(text) : null;
    if (endpoint == null || !issuer.accepts(endpoint)) {
      throw new IssuerUnavailableException(
          "cannot use '%s' of %s: expected an https address, found '%s'; correct the configuration of the provider"
              .formatted(field, issuer, Excerpt.of(String.valueOf(value))));
    }
    return Optional.of(endpoint);
  }

  /// Returns the address of an endpoint that the document must name.
  ///
  /// @param field the name of the field, for example `jwks_uri`
  /// @throws IssuerUnavailableException if it is absent or not allowed, as for [#endpoint]
  public URI required(String field) {
    return endpoint(field)
        .orElseThrow(
            () ->
                new IssuerUnavailableException(
                    "cannot use the discovery document of %s: expected '%s', found none; check that the issuer supports OpenID Connect"
                        .formatted(issuer, field)));
  }

  /// Returns the texts of a list, or empty if the document has no such list. Other values of the
  /// list are omitted, and at most 200 are returned.
  public Optional<List<String>> texts(String field) {
    return fields.get(field) instanceof List<?> values
        ? Optional.of(
            values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .limit(MAX_TEXTS)
                .toList())
        : Optional.empty();
  }

  /// Returns whether a field is `true`.
  public boolean flag(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }
}
