! Teaches: say that the iterations are independent, in a language whose arrays cannot overlap.
!
! Two things that autovec had to promise are part of Fortran. Arguments of a procedure do not alias, so no
! restrict is needed; and do concurrent says that no iteration needs another's result, so that the compiler may
! run them in any order: in vectors here, and with other compilers on many threads or on a GPU, out of the same
! source. An array knows its bounds and may begin at 0, where the halo is. What it costs is a C reflex: columns
! are contiguous in Fortran, so the index that runs along memory comes first, and a loop nest written in C's
! order walks across it. Blocks make the cell's own variables new for each iteration, as it must be for any order
! to do.
!
! GS_KIND is c_float or c_double: the precision of the whole kernel in one line. The build compiles this file
! once for each, and for each instruction set.

subroutine update_rows(u, v, next_u, next_v, stride, cols, rows, a, b, diffusion_u, diffusion_v, feed, kill, dt) &
    bind(C, name=GS_SYMBOL)
  use, intrinsic :: iso_c_binding, only: c_int64_t, GS_KIND
  implicit none
  integer, parameter :: real_kind = GS_KIND
  integer(c_int64_t), value :: stride, cols, rows
  ! Column 0 and column cols + 1 are halo, as are row 0 and row rows + 1.
  real(real_kind), intent(in) :: u(0:stride - 1, 0:rows + 1), v(0:stride - 1, 0:rows + 1)
  real(real_kind), intent(inout) :: next_u(0:stride - 1, 0:rows + 1), next_v(0:stride - 1, 0:rows + 1)
  real(real_kind), value :: a, b, diffusion_u, diffusion_v, feed, kill, dt
  integer(c_int64_t) :: row, col

  do concurrent (row = 1:rows)
    do concurrent (col = 1:cols)
      block
        real(real_kind) :: laplacian_u, laplacian_v, uvv

        ! The centre is taken off each sum, so that both differences are exactly 0 where all cells are alike.
        laplacian_u = &
          a * ((u(col, row - 1) + u(col, row + 1)) + (u(col - 1, row) + u(col + 1, row)) - 4 * u(col, row)) + &
          b * ((u(col - 1, row - 1) + u(col - 1, row + 1)) + (u(col + 1, row - 1) + u(col + 1, row + 1)) &
               - 4 * u(col, row))
        laplacian_v = &
          a * ((v(col, row - 1) + v(col, row + 1)) + (v(col - 1, row) + v(col + 1, row)) - 4 * v(col, row)) + &
          b * ((v(col - 1, row - 1) + v(col - 1, row + 1)) + (v(col + 1, row - 1) + v(col + 1, row + 1)) &
               - 4 * v(col, row))

        uvv = dt * (u(col, row) * v(col, row)**2)
        next_u(col, row) = u(col, row) &
          + ((dt * diffusion_u) * laplacian_u - uvv + (dt * feed) * (1 - u(col, row)))
        next_v(col, row) = v(col, row) &
          + ((dt * diffusion_v) * laplacian_v + uvv - (dt * (feed + kill)) * v(col, row))
      end block
    end do
  end do
end subroutine
