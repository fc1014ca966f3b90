package lazaret.signin;

import java.net.URI;
import java.util.Map;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// A request to a provider of identities. Its text form has no header, parameter or query, because
/// these contain secrets.
public sealed interface ProviderRequest {
  /// The address: `https`, or `http` on a loopback host; without user info and fragment.
  URI address();

  /// The value of the header `Authorization`; null if the request has none.
  @Nullable Secret authorization();

  /// The maximum size of the body of the response, in bytes.
  int maxBytes();

  /// A GET request for a JSON document.
  record Get(URI address, @Nullable Secret authorization, int maxBytes) implements ProviderRequest {
    /// Checks the limit.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public Get {
      requirePositive(maxBytes);
    }

    @Override
    public String toString() {
      return "GET " + shown(address);
    }
  }

  /// A POST request with a form (`application/x-www-form-urlencoded`), whose response is a JSON
  /// document.
  ///
  /// @param form the parameters by name, not encoded
  record Post(URI address, Map<String, String> form, @Nullable Secret authorization, int maxBytes)
      implements ProviderRequest {
    /// Copies the form and checks the limit.
    ///
    /// @throws IllegalArgumentException if the limit is not positive
    public Post {
      form = Map.copyOf(form);
      requirePositive(maxBytes);
    }

    @Override
    public String toString() {
      return "POST " + shown(address);
    }
  }

  private static void requirePositive(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("a limit of " + maxBytes + " bytes accepts no response");
    }
  }

  private static String shown(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }
}
