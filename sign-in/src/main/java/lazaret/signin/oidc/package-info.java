/// The sign-in of people by OpenID Connect.
@NullMarked
package lazaret.signin.oidc;

import org.jspecify.annotations.NullMarked;
