@NullMarked
package lazaret.signin.oidc;

import org.jspecify.annotations.NullMarked;
