@NullMarked
package lazaret.vetting.requests;

import org.jspecify.annotations.NullMarked;
