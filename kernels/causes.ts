/** The words of every cause. Modules are named as the school's repository and its days name them. */
import type { Cause, CauseId } from './cause.ts';

export const CAUSES: Readonly<Record<CauseId, Cause>> = {
  pinning: {
    title: { en: 'Threads tied to processors', fr: 'Threads liés aux processeurs' },
    change: { en: 'With threads left free', fr: 'Avec des threads laissés libres' },
    module: { en: '2-BenchmarkFunction (pin_thread_to_core)', fr: '2-BenchmarkFunction (pin_thread_to_core)' },
    exercise: 'C01',
    physics: {
      en: 'A thread that the system moves finds the caches of its new core empty, and two threads may be put on one core while the other idles.',
      fr: 'Un thread que le système déplace trouve vides les caches de son nouveau cœur, et deux threads peuvent se retrouver sur un cœur pendant que l’autre chôme.',
    },
    otherwise: {
      en: 'On a quiet machine the system leaves threads where they are: pinning then makes times repeatable rather than shorter.',
      fr: 'Sur une machine calme, le système laisse les threads où ils sont : les lier rend alors les temps répétables plutôt que plus courts.',
    },
  },
  nesting: {
    title: { en: 'One flat array', fr: 'Un seul tableau plat' },
    change: { en: 'With a vector of vectors', fr: 'Avec un vecteur de vecteurs' },
    module: { en: '5-DataLayout (51 to 52)', fr: '5-DataLayout (51 à 52)' },
    exercise: 'C03',
    physics: {
      en: 'Every row then lies where it was allocated: its address is loaded before a cell can be, and the prefetcher meets a seam at each row.',
      fr: 'Chaque ligne est alors là où elle a été allouée : il faut charger son adresse avant une cellule, et le préchargement bute sur une couture à chaque ligne.',
    },
    otherwise: {
      en: 'Rows that were allocated one after the other lie almost as one array, and the tests at the border cost more than either.',
      fr: 'Des lignes allouées l’une après l’autre forment presque un seul tableau, et les tests au bord coûtent plus que l’un ou l’autre.',
    },
  },
  layout: {
    title: { en: 'Structure of arrays', fr: 'Structure de tableaux' },
    change: { en: 'With an array of structures', fr: 'Avec un tableau de structures' },
    module: { en: '5-DataLayout (52 to 53)', fr: '5-DataLayout (52 à 53)' },
    exercise: 'C04',
    physics: {
      en: 'In memory u and v then alternate, so that neighbours of one species are not neighbours in a cache line, nor in a vector register.',
      fr: 'En mémoire, u et v alternent alors : les voisins d’une espèce ne le sont ni dans une ligne de cache, ni dans un registre vectoriel.',
    },
    otherwise: {
      en: 'A cell needs u and v anyway, so no byte is fetched in vain; while nine tests a cell hide the memory, the layout alone decides nothing, and one stream to follow instead of two may even help.',
      fr: 'Une cellule a de toute façon besoin de u et de v, aucun octet n’est lu en vain ; tant que neuf tests par cellule masquent la mémoire, le rangement seul ne décide de rien, et un flux à suivre au lieu de deux peut même aider.',
    },
  },
  'loop-order': {
    title: { en: 'Loops along memory', fr: 'Boucles dans le sens de la mémoire' },
    change: { en: 'With the two loops exchanged', fr: 'Avec les deux boucles échangées' },
    module: { en: '5-DataLayout (54, SwapAxis)', fr: '5-DataLayout (54, SwapAxis)' },
    exercise: 'C05',
    physics: {
      en: 'Each step down a column jumps over a whole row: of every cache line that is fetched one value is used, and the line is gone before its neighbour is wanted.',
      fr: 'Chaque pas le long d’une colonne saute une ligne entière : de chaque ligne de cache lue on n’utilise qu’une valeur, et elle a disparu quand on veut sa voisine.',
    },
    otherwise: {
      en: 'Where all columns in use fit into a cache, a line is still there when its next value is wanted.',
      fr: 'Là où toutes les colonnes en cours tiennent dans un cache, la ligne y est encore quand on veut sa valeur suivante.',
    },
  },
  vectorising: {
    title: { en: 'Loop vectorised by the compiler', fr: 'Boucle vectorisée par le compilateur' },
    change: { en: 'With -O1 instead of -O3', fr: 'Avec -O1 au lieu de -O3' },
    module: { en: '6-Vectorization (62, AutoVectorization)', fr: '6-Vectorization (62, AutoVectorization)' },
    exercise: 'C06',
    physics: {
      en: 'One value then goes through each instruction where a register of the narrowest set holds four of f32.',
      fr: 'Chaque instruction ne traite alors qu’une valeur, là où un registre du jeu le plus étroit en tient quatre en f32.',
    },
    otherwise: {
      en: 'Where the values come from memory more slowly than they are computed one by one, vectors only wait.',
      fr: 'Là où les valeurs arrivent de la mémoire moins vite qu’on ne les calcule une à une, les vecteurs ne font qu’attendre.',
    },
  },
  tests: {
    title: { en: 'Centre without tests', fr: 'Centre sans tests' },
    change: { en: 'With a test for each of nine neighbours', fr: 'Avec un test pour chacun des neuf voisins' },
    module: { en: '6-Vectorization (63, Laplacian)', fr: '6-Vectorization (63, Laplacian)' },
    exercise: 'C07',
    physics: {
      en: 'A processor computes the test as often as the sum itself, and a compiler does not turn a loop that may branch at every neighbour into vectors.',
      fr: 'Le processeur fait le test aussi souvent que la somme, et un compilateur ne vectorise pas une boucle qui peut brancher à chaque voisin.',
    },
    otherwise: {
      en: 'Tests that always go the same way are predicted, and cost next to nothing where something else is waited for.',
      fr: 'Des tests qui tournent toujours dans le même sens sont prédits, et ne coûtent presque rien là où l’on attend autre chose.',
    },
  },
  fusing: {
    title: { en: 'Laplacian and update in one pass', fr: 'Laplacien et mise à jour en un seul passage' },
    change: { en: 'With the Laplacian in a pass of its own', fr: 'Avec le laplacien dans un passage à part' },
    module: { en: '6-Vectorization (63 and 64, Laplacian)', fr: '6-Vectorization (63 et 64, Laplacian)' },
    exercise: 'C08',
    physics: {
      en: 'Two more arrays are written and read again at every step: more bytes for the same arithmetic.',
      fr: 'Deux tableaux de plus sont écrits puis relus à chaque pas : plus d’octets pour le même calcul.',
    },
    otherwise: {
      en: 'Where all arrays stay in a cache the extra bytes are cheap, and two simple loops may suit the compiler better than one.',
      fr: 'Là où tous les tableaux restent en cache, ces octets sont bon marché, et deux boucles simples peuvent mieux convenir au compilateur qu’une seule.',
    },
  },
  width: {
    title: { en: 'Widest vectors', fr: 'Vecteurs les plus larges' },
    change: { en: 'With narrower vectors', fr: 'Avec des vecteurs plus étroits' },
    module: { en: '6-Vectorization, and EVE on day 6', fr: '6-Vectorization, et EVE au jour 6' },
    exercise: 'C09',
    physics: {
      en: 'Half the values a register are twice the instructions for the same step.',
      fr: 'Moitié moins de valeurs par registre, c’est deux fois plus d’instructions pour le même pas.',
    },
    otherwise: {
      en: 'Processors may run wide instructions in two halves or at a lower clock, and whoever waits for memory gains nothing from any width.',
      fr: 'Des processeurs exécutent les instructions larges en deux moitiés ou à une fréquence plus basse, et qui attend la mémoire ne gagne rien à aucune largeur.',
    },
  },
  blocks: {
    title: { en: 'Blocks that fit the cache', fr: 'Blocs à la taille du cache' },
    change: { en: 'With blocks as large as they can be', fr: 'Avec des blocs aussi grands que possible' },
    module: { en: '14-Blocking', fr: '14-Blocking' },
    exercise: 'C15',
    physics: {
      en: 'Three rows of each species must survive in the nearest cache until the next row reads them again; rows that are too long do not.',
      fr: 'Trois lignes de chaque espèce doivent survivre dans le cache le plus proche jusqu’à ce que la suivante les relise ; trop longues, elles n’y survivent pas.',
    },
    otherwise: {
      en: 'The second cache serves those rows nearly as fast, which the course measures too: no gain since Skylake, and blocks cost their seams.',
      fr: 'Le deuxième cache sert ces lignes presque aussi vite, ce que le cours mesure aussi : aucun gain depuis Skylake, et les blocs coûtent leurs coutures.',
    },
  },
  depth: {
    title: { en: 'Temporal blocking', fr: 'Blocage temporel' },
    change: { en: 'With one step per sweep of the memory', fr: 'Avec un seul pas par balayage de la mémoire' },
    module: { en: '15-AdvancedBlocking (pyramids)', fr: '15-AdvancedBlocking (pyramides)' },
    exercise: 'C16',
    physics: {
      en: 'The whole state then goes through memory at every step, where many steps shared one passage.',
      fr: 'Tout l’état traverse alors la mémoire à chaque pas, là où de nombreux pas se partageaient un passage.',
    },
    otherwise: {
      en: 'A grid that stays in a cache never went through memory, and the edges of tiles cost something of their own.',
      fr: 'Une grille qui reste en cache ne passait pas par la mémoire, et les bords des tuiles ont leur propre coût.',
    },
  },
  streaming: {
    title: { en: 'Stores past the caches', fr: 'Écritures sans passer par les caches' },
    change: {
      en: 'With ordinary stores, and rows vectorised by the compiler',
      fr: 'Avec des écritures ordinaires et des lignes vectorisées par le compilateur',
    },
    module: { en: 'Day 1, memory and roofline', fr: 'Jour 1, mémoire et roofline' },
    exercise: 'C20',
    physics: {
      en: 'An ordinary store first reads the line that it is going to overwrite: half as much traffic again.',
      fr: 'Une écriture ordinaire lit d’abord la ligne qu’elle va remplacer : la moitié de trafic en plus.',
    },
    otherwise: {
      en: 'What is written past the caches must come back from memory at the next step: on a grid that fits a cache that is a loss.',
      fr: 'Ce qui s’écrit sans passer par les caches devra revenir de la mémoire au pas suivant : sur une grille qui tient en cache, c’est une perte.',
    },
  },
  threads: {
    title: { en: 'All processors', fr: 'Tous les processeurs' },
    change: { en: 'With one thread', fr: 'Avec un seul thread' },
    module: { en: 'TBB: LoopTBB, BlockTBB, PyramidTBB', fr: 'TBB : LoopTBB, BlockTBB, PyramidTBB' },
    exercise: 'C17',
    physics: {
      en: 'Cores compute their bands of rows side by side; what they share is one memory, one clock budget and a meeting at the end of each sweep.',
      fr: 'Les cœurs calculent leurs bandes de lignes côte à côte ; ils partagent une mémoire, un budget de fréquence et un rendez-vous à la fin de chaque balayage.',
    },
    otherwise: {
      en: 'Threads bring nothing where two of them share a core’s units, where one alone fills the memory’s bandwidth, or where a step is shorter than a meeting.',
      fr: 'Les threads n’apportent rien là où deux se partagent les unités d’un cœur, où un seul remplit la bande passante, ou quand un pas dure moins qu’un rendez-vous.',
    },
  },
  language: {
    title: { en: 'C++', fr: 'C++' },
    change: { en: 'In Fortran, with do concurrent', fr: 'En Fortran, avec do concurrent' },
    module: { en: 'Day 3, Fortran on CPU', fr: 'Jour 3, Fortran sur CPU' },
    exercise: 'C08',
    physics: {
      en: 'Both compilers share their back end, so a difference comes from what each front end tells it: aliasing, bounds, strides.',
      fr: 'Les deux compilateurs ont le même moteur : un écart vient de ce que chacun lui dit des recouvrements, des bornes et des pas.',
    },
    otherwise: {
      en: 'The same loop without aliasing becomes the same instructions: the language is not what costs.',
      fr: 'La même boucle sans recouvrement devient les mêmes instructions : ce n’est pas le langage qui coûte.',
    },
  },
  precision: {
    title: { en: '32-bit numbers', fr: 'Nombres de 32 bits' },
    change: { en: 'In f64', fr: 'En f64' },
    module: { en: 'Day 3, floating_point_precision', fr: 'Jour 3, floating_point_precision' },
    exercise: 'C13',
    physics: {
      en: 'Numbers twice as long are half as many in a register, in a cache and in every second of memory traffic.',
      fr: 'Des nombres deux fois plus longs sont moitié moins nombreux dans un registre, dans un cache et dans chaque seconde de trafic mémoire.',
    },
    otherwise: {
      en: 'A loop that neither fills its vectors nor the memory takes one number at a time, whatever its length.',
      fr: 'Une boucle qui ne remplit ni ses vecteurs ni la mémoire prend un nombre à la fois, quelle qu’en soit la longueur.',
    },
  },
  subnormals: {
    title: { en: 'Subnormals flushed to zero', fr: 'Sous-normaux mis à zéro' },
    change: { en: 'With subnormal numbers kept', fr: 'En gardant les nombres sous-normaux' },
    module: { en: 'Day 3, precision (DenormalsFlusher in Rust)', fr: 'Jour 3, précision (DenormalsFlusher en Rust)' },
    exercise: 'C14',
    physics: {
      en: 'Ahead of the pattern v falls below the smallest normal number, 1.2e−38 in f32, and instructions that meet such numbers go through microcode on many processors.',
      fr: 'Devant le motif, v passe sous le plus petit nombre normal, 1,2e−38 en f32, et sur bien des processeurs les instructions qui rencontrent de tels nombres passent par le microcode.',
    },
    otherwise: {
      en: 'Recent AMD and Arm processors compute with them at nearly full speed, and only a thin front of cells holds any.',
      fr: 'Les processeurs AMD et Arm récents les calculent presque à pleine vitesse, et seul un mince front de cellules en contient.',
    },
  },
  scripting: {
    title: { en: 'Compiled ahead', fr: 'Compilé d’avance' },
    change: { en: 'In a scripting language (JavaScript)', fr: 'Dans un langage de script (JavaScript)' },
    module: { en: 'Day 5, scripting (Python in the school)', fr: 'Jour 5, langages de script (Python à l’école)' },
    exercise: 'C02',
    physics: {
      en: 'The engine checks every index, computes f32 in f64 with a rounding at each store, and knows no vectors.',
      fr: 'Le moteur contrôle chaque indice, calcule le f32 en f64 avec un arrondi à chaque écriture, et ne connaît pas les vecteurs.',
    },
    otherwise: {
      en: 'A plain loop that is warm is machine code as well; against a compiled loop without vectors little separates them.',
      fr: 'Une boucle simple, une fois chaude, est aussi du code machine ; face à une boucle compilée sans vecteurs, peu les sépare.',
    },
  },
  intrinsics: {
    title: { en: 'Vectors written by hand', fr: 'Vecteurs écrits à la main' },
    change: { en: 'With vectors left to the compiler', fr: 'En laissant les vecteurs au compilateur' },
    module: { en: 'Day 6, EVE', fr: 'Jour 6, EVE' },
    exercise: 'C09',
    physics: {
      en: 'By hand a column’s sum is kept in a register and shared by three cells; the compiler loads and adds anew for each.',
      fr: 'À la main, la somme d’une colonne reste dans un registre et sert à trois cellules ; le compilateur recharge et additionne pour chacune.',
    },
    otherwise: {
      en: 'Where memory is what both wait for, fewer instructions change nothing: equality is the course’s own lesson.',
      fr: 'Là où les deux attendent la mémoire, moins d’instructions ne change rien : l’égalité est la leçon même du cours.',
    },
  },
  coalescing: {
    title: { en: 'GPU: neighbours in one access', fr: 'GPU : les voisins en un accès' },
    change: { en: 'On the GPU, with x and y exchanged', fr: 'Sur le GPU, avec x et y échangés' },
    module: { en: 'Day 6, GPU architecture (coalescing)', fr: 'Jour 6, architecture des GPU (coalescence)' },
    exercise: 'G04',
    physics: {
      en: 'Invocations that run together then read addresses a row apart, and each read fetches a whole segment for one value.',
      fr: 'Les invocations qui avancent ensemble lisent alors des adresses distantes d’une ligne, et chaque lecture rapporte tout un segment pour une valeur.',
    },
    otherwise: {
      en: 'A cache that holds the segments until their other values are wanted hides it.',
      fr: 'Un cache qui garde les segments jusqu’à ce qu’on veuille leurs autres valeurs le masque.',
    },
  },
  transfer: {
    title: { en: 'GPU: state stays on the card', fr: 'GPU : l’état reste sur la carte' },
    change: { en: 'On the GPU, with the state crossing at every step', fr: 'Sur le GPU, avec un aller-retour de l’état à chaque pas' },
    module: { en: 'Day 7, the PCIe toll booth', fr: 'Jour 7, le péage PCIe' },
    exercise: 'G01',
    physics: {
      en: 'The way between the two memories is some tens of times narrower than the card’s own memory, and nothing is computed meanwhile.',
      fr: 'La voie entre les deux mémoires est des dizaines de fois plus étroite que la mémoire de la carte, et rien ne se calcule pendant ce temps.',
    },
    otherwise: {
      en: 'Where the GPU shares the processor’s memory the crossing is a copy within it.',
      fr: 'Là où le GPU partage la mémoire du processeur, la traversée n’est qu’une copie à l’intérieur de celle-ci.',
    },
  },
  batching: {
    title: { en: 'GPU: many steps a submission', fr: 'GPU : de nombreux pas par soumission' },
    change: { en: 'On the GPU, with one step a submission', fr: 'Sur le GPU, avec un pas par soumission' },
    module: { en: 'CUDA streams and graphs, days 8 and 9', fr: 'Flux et graphes CUDA, jours 8 et 9' },
    exercise: 'G10',
    physics: {
      en: 'Each submission has a cost of its own, in microseconds, which the card spends waiting for the host.',
      fr: 'Chaque soumission a son propre coût, en microsecondes, que la carte passe à attendre l’hôte.',
    },
    otherwise: {
      en: 'On a large grid a step lasts longer than a submission, which then happens beside it.',
      fr: 'Sur une grande grille, un pas dure plus qu’une soumission, qui se fait alors à côté.',
    },
  },
};
