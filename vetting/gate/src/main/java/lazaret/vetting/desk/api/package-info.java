/// Handlers that bind operations of the desk API to services.
@NullMarked
package lazaret.vetting.desk.api;

import org.jspecify.annotations.NullMarked;
