/// The fair division of the requests to upstream among the clients that cause them.
@NullMarked
package lazaret.vetting.shares;

import org.jspecify.annotations.NullMarked;
