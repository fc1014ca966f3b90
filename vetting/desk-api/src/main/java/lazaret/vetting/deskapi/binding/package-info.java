/// Annotations that place components of requests in an HTTP request.
@NullMarked
package lazaret.vetting.deskapi.binding;

import org.jspecify.annotations.NullMarked;
