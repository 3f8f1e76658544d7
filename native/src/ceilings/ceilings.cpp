#include "ceilings.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "../page_memory.h"
#include "../row_kernels.h"
#include "loops.h"

namespace gray_scott {

GS_DECLARE_FOR_ISAS(TriadLoop, triad_cached)
GS_DECLARE_FOR_ISAS(TriadLoop, triad_streaming)
GS_DECLARE_FOR_ISAS(PeakLoop, peak_fma)
GS_DECLARE_FOR_ISAS(PeakLoop, peak_add)
extern const PeakLoop peak_fma_scalar, peak_add_scalar;

namespace {

/** The member of `loop` for precision `Real`. */
template <typename Real, typename Loop>
auto loop_of(const Loop& loop) {
    if constexpr (sizeof(Real) == sizeof(float)) {
        return loop.f32;
    } else {
        return loop.f64;
    }
}

const TriadLoop& triad_loop(const Job& job) {
    const std::string& stores = job.word("stores");
    if (stores == "cached") return GS_PICK_ROW_KERNEL(triad_cached, job.isa);
    if (stores == "streaming") return GS_PICK_ROW_KERNEL(triad_streaming, job.isa);
    throw std::out_of_range("stores is " + stores);
}

constexpr size_t PAGE_BYTES = 4096;
/** From an array's end to the next one's start at least, so that a store is not taken for one to the line of
 * a load that lies a whole number of pages away. */
constexpr size_t APART_BYTES = 22 * 64;

/** Bytes from the start of one array of a thread to that of the next. */
size_t array_stride(const Job& job) {
    const size_t bytes = static_cast<size_t>(job.cols) * bytes_per_value(job);
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES + APART_BYTES;
}

/** Bytes from one thread's arrays to the next thread's, in whole pages, which belong to one thread each. */
size_t part_stride(const Job& job) {
    return (3 * array_stride(job) + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

/** Values of one thread in one step. */
int64_t triad_piece(const Job& job) {
    const int64_t pieces = (job.cols + TRIAD_PIECE - 1) / TRIAD_PIECE;
    if (job.cols % (pieces * TRIAD_VALUES) != 0) throw std::out_of_range("the arrays have no equal pieces");
    return job.cols / pieces;
}

size_t triad_bytes(const Job& job) { return static_cast<size_t>(job.rows) * part_stride(job); }

template <typename Real>
class Triad final : public Kernel {
  public:
    explicit Triad(const Job& job)
        : passes_(loop_of<Real>(triad_loop(job))),
          length_(job.cols),
          piece_(triad_piece(job)),
          arrayStride_(array_stride(job)),
          partStride_(part_stride(job)),
          memory_(triad_bytes(job)),
          places_(static_cast<size_t>(job.threads)) {
        if (job.rows != job.threads) throw std::out_of_range("the triad has a row a thread");
    }

    void prepare(Member& me) noexcept override {
        for (const int array : {A, B, C}) std::fill_n(part(me.rank, array), length_, Real(array));
    }

    void load(Rows rows, const void* u, const void* v) noexcept override {
        copy_in(rows, B, static_cast<const Real*>(u));
        copy_in(rows, C, static_cast<const Real*>(v));
    }
    void read(Rows rows, void* u, void* v) const noexcept override {
        copy_out(rows, A, static_cast<Real*>(u));
        copy_out(rows, C, static_cast<Real*>(v));
    }

    void advance(int64_t steps, Member& me) noexcept override {
        Real* const a = part(me.rank, A);
        const Real* const b = part(me.rank, B);
        const Real* const c = part(me.rank, C);
        const int64_t passesAtOnce = length_ > piece_ ? 1 : TRIAD_PIECE / piece_;
        int64_t at = places_[static_cast<size_t>(me.rank)].at;
        for (int64_t done = 0; done < steps && !me.cancelled(); done += passesAtOnce) {
            passes_(a + at, b + at, c + at, FACTOR, piece_, std::min(passesAtOnce, steps - done));
            at = at + piece_ < length_ ? at + piece_ : 0;
        }
        places_[static_cast<size_t>(me.rank)].at = at;
    }

  private:
    static constexpr int A = 0, B = 1, C = 2;
    static constexpr Real FACTOR = 3;
    /** Where a thread's next piece begins; in a cache line of its own, as each thread writes its own. */
    struct alignas(64) Place {
        int64_t at = 0;
    };

    Real* part(int64_t rank, int array) const noexcept {
        return reinterpret_cast<Real*>(memory_.data() + static_cast<size_t>(rank) * partStride_ +
                                       static_cast<size_t>(array) * arrayStride_);
    }
    void copy_in(Rows rows, int array, const Real* from) noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row, from += length_) {
            std::copy_n(from, length_, part(row, array));
        }
    }
    void copy_out(Rows rows, int array, Real* to) const noexcept {
        for (int64_t row = rows.begin; row < rows.end; ++row, to += length_) {
            std::copy_n(part(row, array), length_, to);
        }
    }

    const TriadPasses<Real> passes_;
    const int64_t length_, piece_;
    const size_t arrayStride_, partStride_;
    const PageMemory memory_;
    std::vector<Place> places_;
};

const PeakLoop& peak_loop(const Job& job) {
    const std::string& operation = job.word("operation");
    const std::string& unit = job.word("unit");
    if (unit != "scalar" && unit != "vectors") throw std::out_of_range("unit is " + unit);
    const bool scalar = unit == "scalar";
    if (operation == "fma") return scalar ? peak_fma_scalar : GS_PICK_ROW_KERNEL(peak_fma, job.isa);
    if (operation == "add") return scalar ? peak_add_scalar : GS_PICK_ROW_KERNEL(peak_add, job.isa);
    throw std::out_of_range("operation is " + operation);
}

/** Some microseconds. */
constexpr int64_t LINKS_PER_STEP = 1000;
constexpr int64_t STEPS_PER_CHECK = 32;

template <typename Real>
class Peak final : public Kernel {
  public:
    explicit Peak(const Job& job)
        : links_(loop_of<Real>(peak_loop(job))), sums_(static_cast<size_t>(job.threads)) {
        if (job.rows != job.threads || job.cols != 1)
            throw std::out_of_range("the peak has one value a thread");
    }

    void load(Rows, const void*, const void*) noexcept override {}
    void read(Rows rows, void* u, void* v) const noexcept override {
        for (int64_t row = rows.begin; row < rows.end; ++row) {
            static_cast<Real*>(u)[row - rows.begin] = sums_[static_cast<size_t>(row)];
            static_cast<Real*>(v)[row - rows.begin] = 0;
        }
    }

    void advance(int64_t steps, Member& me) noexcept override {
        for (int64_t done = 0; done < steps; done += STEPS_PER_CHECK) {
            if (me.cancelled()) return;
            const int64_t count = std::min(STEPS_PER_CHECK, steps - done);
            sums_[static_cast<size_t>(me.rank)] = links_(count * LINKS_PER_STEP);
        }
    }

  private:
    const ChainLinks<Real> links_;
    std::vector<Real> sums_;
};

const CeilingEntry triad = {{"triad", ROW_KERNEL_ISAS, triad_bytes, make_kernel<Triad>}, [](const Job& job) {
                                const double values = 3 * double(triad_piece(job)) * double(job.rows);
                                return values * double(bytes_per_value(job));
                            }};

const CeilingEntry peak = {
    {"peak", ROW_KERNEL_ISAS, [](const Job& job) { return job.threads * bytes_per_value(job); },
     make_kernel<Peak>},
    [](const Job& job) {
        const PeakLoop& loop = peak_loop(job);
        const int flops = job.precision == Precision::f32 ? loop.flopsF32 : loop.flopsF64;
        return double(job.threads) * LINKS_PER_STEP * flops;
    }};

}  // namespace

std::span<const CeilingEntry* const> ceiling_table() {
    static constexpr const CeilingEntry* table[] = {&triad, &peak};
    return table;
}

const CeilingEntry* find_ceiling(const char* id) {
    for (const CeilingEntry* entry : ceiling_table()) {
        if (std::strcmp(entry->kernel.id, id) == 0) return entry;
    }
    return nullptr;
}

}  // namespace gray_scott
