/* Synthetic, inert fixture written from public reports */
#include <stdio.h>
#include <time.h>
#include <wchar.h>

int main(void)
{
    printf("LONG %u\n", (unsigned)sizeof(long));
    printf("LONG_DOUBLE %u\n", (unsigned)sizeof(long double));
    printf("WCHAR %u\n", (unsigned)sizeof(wchar_t));
    printf("TIME %u\n", (unsigned)sizeof(time_t));
    return 0;
}
