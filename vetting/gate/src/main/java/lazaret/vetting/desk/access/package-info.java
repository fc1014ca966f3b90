/// Tokens for the API.
@NullMarked
package lazaret.vetting.desk.access;

import org.jspecify.annotations.NullMarked;
