// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/textscan.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace fd {
namespace {

size_t plainScan(std::string_view word, std::string_view text, size_t from)
{
    const void *found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
    return found ? static_cast<size_t>(static_cast<const char *>(found) - text.data()) : std::string_view::npos;
}

} // namespace

size_t scanFor(std::string_view word, std::string_view text)
{
    size_t at = 0;
#ifdef __SSE2__
    // A place is looked at closely when the word's first and last byte both fit.
    constexpr size_t kStep = 16;
    const __m128i first = _mm_set1_epi8(word.front());
    const __m128i last = _mm_set1_epi8(word.back());
    const size_t reach = word.size() - 1 + kStep;
    for (; at + reach <= text.size(); at += kStep) {
        const auto *here = reinterpret_cast<const __m128i *>(text.data() + at);
        const auto *there = reinterpret_cast<const __m128i *>(text.data() + at + word.size() - 1);
        const __m128i fits
            = _mm_and_si128(_mm_cmpeq_epi8(first, _mm_loadu_si128(here)), _mm_cmpeq_epi8(last, _mm_loadu_si128(there)));
        for (auto bits = static_cast<unsigned>(_mm_movemask_epi8(fits)); bits != 0; bits &= bits - 1) {
            const size_t place = at + static_cast<size_t>(std::countr_zero(bits));
            if (std::memcmp(text.data() + place, word.data(), word.size()) == 0)
                return place;
        }
    }
#endif
    return plainScan(word, text, at);
}

} // namespace fd
