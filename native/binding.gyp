# Node's own settings (common.gypi) come after ours, so what must not hold is removed by name: its C++ standard,
# its ban on exceptions, and on assuming that a number written is no pointer (kernels need that assumption). No target is compiled for the building machine's processor; kernels that are worth it are
# compiled once per instruction set into a library of their own, and the addon picks one when it runs.
{
  'variables': {
    # Row kernels: compiled once per instruction set. Everything else in src/kernels is listed with the addon.
    # So are the loops of src/ceilings that use vectors.
    'row_kernels': [
      'src/ceilings/peak_vectors.cpp',
      'src/ceilings/triad.cpp',
      'src/kernels/autovec.cpp',
      'src/kernels/champion_rows.cpp',
      'src/kernels/half_storage.cpp',
      'src/kernels/laplacian_pass.cpp',
      'src/kernels/simd.cpp',
      'src/kernels/simd_fma.cpp',
      'src/kernels/simd_lanes.cpp',
    ],
    'flags_common': '-O3 -ffp-contract=off',
    # autovec again at lower levels of optimisation, for the narrowest instruction set; its -O3 is the build above.
    'level_kernels': ['src/kernels/autovec.cpp'],
    'flags_O0': '-O0 -ffp-contract=off',
    'flags_O1': '-O1 -ffp-contract=off',
    'flags_O2': '-O2 -ffp-contract=off',
    'flags_avx2': '-mavx2 -mfma -mf16c',
    'flags_avx512': '-mavx512f -mavx512vl -mavx512bw -mavx512dq -mprefer-vector-width=512',
    # Path of a Fortran compiler, empty without one; native/build.mjs looks for it.
    'fortran': '<!(node -p "process.env.GS_FORTRAN || String()")',
    'conditions': [
      ['OS=="win"', {
        'flags_common': '/O2 /fp:precise',
        'flags_O0': '/Od /fp:precise',
        'flags_O1': '/O1 /fp:precise',
        'flags_O2': '/O2 /fp:precise',
        'flags_avx2': '/arch:AVX2',
        'flags_avx512': '/arch:AVX512',
      }],
    ],
  },
  'target_defaults': {
    'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-fno-exceptions', '-fno-strict-aliasing'],
    'cflags_cc': ['-std=c++20', '-fexceptions', '-fvisibility=hidden', '-Wall', '-Wextra'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++20',
      'GCC_ENABLE_CPP_EXCEPTIONS': 'YES',
      'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
      'GCC_OPTIMIZATION_LEVEL': '3',
      # std::atomic::wait needs 11, the Node that carries the addon 13.5.
      'MACOSX_DEPLOYMENT_TARGET': '13.5',
      'OTHER_CFLAGS': ['-ffp-contract=off'],
    },
    'msvs_settings': {
      'VCCLCompilerTool': {
        'ExceptionHandling': 1,
        'Optimization': 2,
        'AdditionalOptions': ['/std:c++20', '/fp:precise'],
      },
    },
    'conditions': [
      ['OS=="linux"', {'cflags': ['<@(flags_common)']}],
      ['OS=="win"', {'defines!': ['_HAS_EXCEPTIONS=0'], 'defines': ['_HAS_EXCEPTIONS=1']}],
    ],
  },
  'targets': [
    {
      'target_name': 'gray_scott',
      'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")'],
      'defines': [
        'NAPI_VERSION=9',
        'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED',
        'NODE_ADDON_API_CPP_EXCEPTIONS',
        'GS_FLAGS_COMMON="<(flags_common)"',
        'GS_FLAGS_AVX2="<(flags_avx2)"',
        'GS_FLAGS_AVX512="<(flags_avx512)"',
        'GS_FLAGS_O0="<(flags_O0)"',
        'GS_FLAGS_O1="<(flags_O1)"',
        'GS_FLAGS_O2="<(flags_O2)"',
      ],
      'sources': [
        'src/addon.cpp',
        'src/ceilings/ceilings.cpp',
        'src/ceilings/peak_scalar.cpp',
        'src/instance.cpp',
        'src/job_from_js.cpp',
        'src/kernel_table.cpp',
        'src/lane_rows.cpp',
        'src/page_memory.cpp',
        'src/processor.cpp',
        'src/row_kernels.cpp',
        'src/team.cpp',
        'src/thread_settings.cpp',
        'src/kernels/aos_flat.cpp',
        'src/kernels/aos_nested.cpp',
        'src/kernels/autovec_repeat.cpp',
        'src/kernels/blocked.cpp',
        'src/kernels/champion.cpp',
        'src/kernels/pyramid.cpp',
        'src/kernels/soa_split.cpp',
        'src/kernels/soa_swapped.cpp',
        'src/kernels/soa_window.cpp',
        'src/kernels/threads_blocks.cpp',
        'src/kernels/threads_pyramids.cpp',
        'src/kernels/threads_rows.cpp',
      ],
      'dependencies': ['rows_O0', 'rows_O1', 'rows_O2'],
      'conditions': [
        ['target_arch=="x64"', {'dependencies': ['rows_baseline', 'rows_avx2', 'rows_avx512']}],
        ['target_arch=="arm64"', {'dependencies': ['rows_neon']}],
        ['target_arch!="x64" and target_arch!="arm64"', {'dependencies': ['rows_baseline']}],
        ['fortran!=""', {
          'defines': ['GS_FORTRAN'],
          'sources': ['src/fortran_rows.cpp'],
          'variables': {
            'conditions': [
              ['target_arch=="x64"', {
                'fortran_builds': [
                  'baseline=<(flags_common)',
                  'avx2=<(flags_common) <(flags_avx2)',
                  'avx512=<(flags_common) <(flags_avx512)',
                ],
              }],
              ['target_arch=="arm64"', {'fortran_builds': ['neon=<(flags_common)']}],
              ['target_arch!="x64" and target_arch!="arm64"', {'fortran_builds': ['baseline=<(flags_common)']}],
            ],
          },
          'actions': [
            {
              'action_name': 'fortran',
              'inputs': ['fortran.mjs', 'src/kernels/fortran.f90'],
              'outputs': ['<(INTERMEDIATE_DIR)/fortran.o'],
              'process_outputs_as_sources': 1,
              'action': [
                'node', 'fortran.mjs', '<(fortran)', 'src/kernels/fortran.f90',
                '<(INTERMEDIATE_DIR)/fortran.o', '<@(fortran_builds)',
              ],
            },
          ],
        }],
      ],
    },
    # Node's own level stands in its configuration, which is stronger than a target's settings.
    {
      'target_name': 'rows_O0',
      'type': 'static_library',
      'sources': ['<@(level_kernels)'],
      'defines': ['GS_ISA=O0'],
      'cflags!': ['-O3'],
      'cflags': ['<@(flags_O0)'],
      'configurations': {
        'Release': {
          'xcode_settings': {'GCC_OPTIMIZATION_LEVEL': '0'},
          'msvs_settings': {
            'VCCLCompilerTool': {'Optimization': 0, 'FavorSizeOrSpeed': 0, 'InlineFunctionExpansion': 0},
          },
        },
      },
    },
    {
      'target_name': 'rows_O1',
      'type': 'static_library',
      'sources': ['<@(level_kernels)'],
      'defines': ['GS_ISA=O1'],
      'cflags!': ['-O3'],
      'cflags': ['<@(flags_O1)'],
      'configurations': {
        'Release': {
          'xcode_settings': {'GCC_OPTIMIZATION_LEVEL': '1'},
          'msvs_settings': {
            'VCCLCompilerTool': {'Optimization': 1, 'FavorSizeOrSpeed': 0, 'InlineFunctionExpansion': 0},
          },
        },
      },
    },
    {
      'target_name': 'rows_O2',
      'type': 'static_library',
      'sources': ['<@(level_kernels)'],
      'defines': ['GS_ISA=O2'],
      'cflags!': ['-O3'],
      'cflags': ['<@(flags_O2)'],
      'configurations': {
        'Release': {
          'xcode_settings': {'GCC_OPTIMIZATION_LEVEL': '2'},
          'msvs_settings': {
            'VCCLCompilerTool': {'Optimization': 2, 'FavorSizeOrSpeed': 0, 'InlineFunctionExpansion': 0},
          },
        },
      },
    },
  ],
  'conditions': [
    ['target_arch!="arm64"', {
      'targets': [
        {
          'target_name': 'rows_baseline',
          'type': 'static_library',
          'sources': ['<@(row_kernels)'],
          'defines': ['GS_ISA=baseline'],
        },
      ],
    }],
    ['target_arch=="x64"', {
      'targets': [
        {
          'target_name': 'rows_avx2',
          'type': 'static_library',
          'sources': ['<@(row_kernels)'],
          'defines': ['GS_ISA=avx2'],
          'cflags': ['<@(flags_avx2)'],
          'xcode_settings': {'OTHER_CFLAGS': ['<@(flags_avx2)']},
          'msvs_settings': {'VCCLCompilerTool': {'EnableEnhancedInstructionSet': '5'}},
        },
        {
          'target_name': 'rows_avx512',
          'type': 'static_library',
          'sources': ['<@(row_kernels)'],
          'defines': ['GS_ISA=avx512'],
          'cflags': ['<@(flags_avx512)'],
          'xcode_settings': {'OTHER_CFLAGS': ['<@(flags_avx512)']},
          'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/arch:AVX512']}},
        },
      ],
    }],
    ['target_arch=="arm64"', {
      'targets': [
        {
          'target_name': 'rows_neon',
          'type': 'static_library',
          'sources': ['<@(row_kernels)'],
          'defines': ['GS_ISA=neon'],
        },
      ],
    }],
  ],
}
