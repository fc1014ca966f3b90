// Synthetic, inert fixture written from public reports; see README
.text
.globl vk_dot_avx
vk_dot_avx:
    vxorps %ymm0, %ymm0, %ymm0
    vzeroupper
    ret
.section .note.GNU-stack,"",@progbits
